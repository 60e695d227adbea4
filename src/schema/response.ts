import type { Response } from '../domain/response.ts'
import { codes } from './code.ts'

export const ResponseRef = codes<Response>('Response', 'How an invited party responded.', {
  NO_ANSWER: 'It has not answered.',
  ACCEPTED: 'It will come, or came.',
  CONDITIONAL: 'It will come on a condition.',
  DECLINED: 'It will not come.',
  WITHDREW: 'It had accepted and took that back.',
})

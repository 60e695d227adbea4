import { readFile } from 'node:fs/promises'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { contractSchemas } from '../../src/ingest/jsonSchema.ts'
import { day, dispatchOf, exchange, processDocument } from '../support/sample.ts'

const schemas = contractSchemas()
const ajv = new Ajv2020({ allErrors: true, formats: { date: true, 'date-time': true, uri: true } })
const validators = {
  dispatch: ajv.compile(schemas.dispatch),
  process: ajv.compile(schemas.process),
  desk: ajv.compile(schemas.desk),
  export: ajv.compile(schemas.export),
}

function errors(validate: ValidateFunction, document: unknown): string[] {
  validate(document)
  return (validate.errors ?? []).map((e) => `${e.instancePath} ${e.message}`)
}

type Fields = { [field: string]: unknown }
function dispatch(fields: Fields = {}): object {
  return dispatchOf(
    { id: 'r1', outlet: 'wire', on: '2023-12-07' },
    exchange({ status: 'AGREED', on: '2023-12-07', ...fields }),
  )
}

describe("the contract's JSON Schema", () => {
  it.each(['dispatch', 'process', 'desk', 'export'] as const)(
    'in seed/%s.schema.json is in step: npm run contract',
    async (name) => {
      const file = await readFile(new URL(`../../seed/${name}.schema.json`, import.meta.url), 'utf8')
      expect(JSON.parse(file)).toEqual(schemas[name])
    },
  )

  it('accepts what the contract accepts', () => {
    expect(errors(validators.dispatch, { $schema: '../dispatch.schema.json', ...dispatch() })).toEqual([])
    expect(errors(validators.process, { $schema: '../process.schema.json', ...processDocument })).toEqual([])
    const retract = { ref: 'swap', kind: 'EXCHANGE', process: 'north-south', reason: 'It was invented' }
    expect(errors(validators.desk, { retract })).toEqual([])
    expect(errors(validators.export, { export: { cursor: 'x', complete: true } })).toEqual([])
    const claims = [{ aspect: 'WHEN', value: { when: day('2023-12-07') } }]
    expect(errors(validators.dispatch, dispatch({ claims }))).toEqual([])
  })

  it.each([
    ['an unknown field', dispatch({ headlin: 'x' }), ' must NOT have additional properties'],
    ['a missing headline', dispatch({ headline: undefined }), " must have required property 'headline'"],
    ['a wrong type', dispatch({ headline: 3 }), '/headline must be string'],
    ['a negative count', dispatch({ count: -3 }), '/legs/0/count/best must be >= 0'],
    [
      'an unknown role',
      dispatch({ participants: [{ actor: 'North', role: 'HERO' }] }),
      '/participants/0/role must be equal to one of the allowed values',
    ],
    [
      'a claim with two values',
      dispatch({ claims: [{ aspect: 'PLACE', value: { place: 'a', text: 'b' } }] }),
      '/claims/0/value must NOT have more than 1 properties',
    ],
    [
      'a date in words',
      dispatch({ when: { earliest: 'June', precision: 'RANGE' } }),
      '/when/earliest must match pattern',
    ],
  ])('refuses %s', (_, document, message) => {
    const found = errors(validators.dispatch, JSON.parse(JSON.stringify(document)))
    expect(found).toContainEqual(expect.stringContaining(`/developments/0${message}`))
  })

  it('names and describes its parts for editors', () => {
    expect(schemas.dispatch).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      title: 'Parley: Dispatch',
      $defs: { When: { title: 'When', properties: { precision: { description: expect.any(String) } } } },
    })
  })
})

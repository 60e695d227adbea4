import { readReportRetraction, reportRetraction, retractReport } from '../ingest/retractReport.ts'
import { builder } from './builder.ts'
import { contractInput, contractValue } from './contractInput.ts'
import { MendedRef, mend, mendingErrors, previewArg } from './mending.ts'

const ReportRetractionInput = contractInput(reportRetraction)

builder.mutationField('retractReport', (t) =>
  t.field({
    type: MendedRef,
    description:
      'Takes a report back. Its claims stay visible, deprecated with the reason, and count for nothing; what only it told is retracted. What arrives of it later is taken in as deprecated, too, so that the order of arrival makes no difference.',
    args: {
      input: t.arg({ type: ReportRetractionInput, required: true, description: 'Which report, and why.' }),
      ...previewArg,
    },
    authScopes: { edit: true },
    errors: mendingErrors('RetractReportResult', 'What became of the retraction of a report.'),
    resolve: (_root, { input, preview }, context) => {
      const sent = readReportRetraction(contractValue(input))
      return mend(context, preview, (pen) => retractReport(pen, sent))
    },
  }),
)

import { writeFile } from 'node:fs/promises'
import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { contractSchemas } from '../ingest/jsonSchema.ts'

// `npm run contract` writes the contract's JSON Schema for editors; a test fails while it is out of step.
for (const [name, schema] of Object.entries(contractSchemas())) {
  const path = fileURLToPath(new URL(`../../seed/${name}.schema.json`, import.meta.url))
  await writeFile(path, `${JSON.stringify(schema, null, 2)}\n`)
  console.log(`Wrote ${relative(process.cwd(), path)}`)
}

import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { PrismaPg } from '@prisma/adapter-pg'
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from '@prisma/driver-adapter-utils'
import * as engine from '@prisma/schema-engine-wasm/schema_engine_bg'
import pg from 'pg'

// PostgreSQL's one-byte type "char", in which its catalogue keeps flags, and arrays of it, which the catalogue has none of.
const CHAR = 18
const CHAR_ARRAY = 1002

/**
 * What would have to be run on a database for it to be as a Prisma schema says, found by Prisma's own schema engine.
 * It does not see triggers, checks, views, nor partial or expression indexes. For developers: the engine is a
 * development dependency.
 * @param options.url a database that has the migrations applied
 * @param options.schema the path of `schema.prisma`
 * @returns SQL; undefined when they agree
 */
export async function diffSchema(options: { url: string; schema: string }): Promise<string | undefined> {
  await loadEngine()
  const schema = { path: options.schema, content: await readFile(options.schema, 'utf8') }
  const pool = new CataloguePool({ connectionString: options.url, max: 2 })
  try {
    const factory = bindMigrationAwareSqlAdapterFactory(new CatalogueAdapter(pool))
    const session = await engine.SchemaEngine.new({ datamodels: [[schema.path, schema.content]] }, () => {}, factory)
    const { exitCode, stdout } = await session.diff({
      from: { tag: 'schemaDatasource', files: [schema], configDir: dirname(schema.path) },
      to: { tag: 'schemaDatamodel', files: [schema] },
      script: true,
      exitCode: true,
      filters: { externalTables: [], externalEnums: [] },
    })
    session.free()
    return exitCode === 0 ? undefined : (stdout ?? undefined)
  } finally {
    await pool.end()
  }
}

// PrismaPg has no word for "char" and refuses it, while the engine insists on a character: the columns go through PrismaPg
// under the name of a type that it knows and that does not occur here.
class CatalogueAdapter extends PrismaPg {
  override async connect(): ReturnType<PrismaPg['connect']> {
    const adapter = await super.connect()
    const queryRaw = adapter.queryRaw.bind(adapter)
    adapter.queryRaw = async (query) => {
      const result = await queryRaw(query)
      const columnTypes = result.columnTypes.map((type) =>
        type === ColumnTypeEnum.CharacterArray ? ColumnTypeEnum.Character : type,
      )
      return { ...result, columnTypes }
    }
    return adapter
  }
}

class CataloguePool extends pg.Pool {
  // biome-ignore lint/suspicious/noExplicitAny: pg declares a dozen overloads, and this stands before all of them.
  override async query(...args: any[]): Promise<any> {
    // biome-ignore lint/suspicious/noExplicitAny: as above.
    const result = await (super.query as any)(...args)
    for (const field of result.fields) if (field.dataTypeID === CHAR) field.dataTypeID = CHAR_ARRAY
    return result
  }
}

// TypeScript declares this only together with a browser's page.
declare const WebAssembly: {
  compile(bytes: Uint8Array): Promise<object>
  instantiate(module: object, imports: object): Promise<{ exports: Record<string, unknown> }>
}

// The package's own entry imports the .wasm file as a module, which Node 20 does not do.
let loaded: Promise<void> | undefined
function loadEngine(): Promise<void> {
  loaded ??= (async () => {
    // Where the engine leaves its message before it ends with a bare "unreachable".
    Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: { set_message: (text: string) => console.error(text) } })
    const entry = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg')
    const module = await WebAssembly.compile(await readFile(entry.replace(/\.js$/, '.wasm')))
    const instance = await WebAssembly.instantiate(module, { './schema_engine_bg.js': engine })
    engine.__wbg_set_wasm(instance.exports)
    const start = instance.exports.__wbindgen_start as () => void
    start()
  })()
  return loaded
}

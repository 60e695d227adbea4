import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

interface Package {
  readonly version?: string
  readonly resolved?: string
  readonly integrity?: string
  readonly dev?: boolean
  readonly hasInstallScript?: boolean
  readonly dependencies?: { readonly [name: string]: string }
}

const read = (file: string) => JSON.parse(readFileSync(new URL(`../${file}`, import.meta.url), 'utf8'))
const lock: { lockfileVersion: number; packages: { [path: string]: Package } } = read('package-lock.json')
const packages = Object.entries(lock.packages).filter(([path]) => path !== '')
const nameOf = (path: string) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)

describe('what is installed', () => {
  it('is locked, each package by its content and none by the address of a registry', () => {
    expect(packages.length).toBeGreaterThan(100)
    expect(packages.filter(([, { integrity = '' }]) => !integrity.startsWith('sha512-')).map(([path]) => path)).toEqual(
      [],
    )
    expect(packages.filter(([, { resolved }]) => resolved !== undefined).map(([path]) => path)).toEqual([])
  })

  it('is all that is asked for, and in the versions that are', () => {
    const { dependencies, devDependencies } = read('package.json')
    const root = lock.packages['']
    expect(root).toMatchObject({ dependencies, devDependencies })
    for (const name of Object.keys({ ...dependencies, ...devDependencies })) {
      expect(lock.packages).toHaveProperty([`node_modules/${name}`])
    }
  })

  it('runs scripts at its installation only where it was decided, package by package, whether it may', () => {
    const { allowScripts } = read('package.json')
    const scripted = packages.filter(([, { hasInstallScript }]) => hasInstallScript).map(([path]) => nameOf(path))
    expect(Object.keys(allowScripts).sort()).toEqual([...new Set(scripted)].sort())
    const allowed = Object.keys(allowScripts).filter((name) => allowScripts[name])
    expect(allowed).toEqual(['esbuild', 'prisma'])
  })
})

import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import express, { type RequestHandler } from 'express'

/** The files of public/: `asset` gives a file's address with the hash of its content, `serve` answers those addresses, to be kept for ever. */
export function openAssets(folder: string): { asset: (name: string) => string; serve: RequestHandler } {
  const hashes = new Map<string, string>()
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true }))
    if (entry.isFile()) {
      const path = join(entry.parentPath, entry.name)
      const name = path.slice(folder.length + 1).replaceAll('\\', '/')
      hashes.set(name, createHash('sha256').update(readFileSync(path)).digest('hex').slice(0, 12))
    }
  const files = express.static(folder, {
    index: false,
    redirect: false,
    immutable: true,
    maxAge: '365d',
    fallthrough: true,
  })
  return {
    asset(name) {
      const hash = hashes.get(name)
      if (!hash) throw new Error(`There is no file ${name} in public/`)
      return `/assets/${hash}/${name}`
    },
    serve(req, res, next) {
      const [, hash = '', name = ''] = /^\/assets\/([0-9a-f]{12})\/([\w./-]+)$/.exec(req.path) ?? []
      if (hashes.get(name) !== hash || !hash) return next()
      req.url = `/${name}`
      files(req, res, next)
    },
  }
}

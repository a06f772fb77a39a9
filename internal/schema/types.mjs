// Makes TypeScript types of schemas.
//
//   node types.mjs OUT SCHEMA...
import { writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { compileFromFile } from 'json-schema-to-typescript'

const [out, ...schemas] = process.argv.slice(2)
for (const path of schemas) {
  const types = await compileFromFile(path, { additionalProperties: false, format: false, bannerComment: '' })
  const name = basename(path, '.json')
  writeFileSync(join(out, (name === 'schema' ? basename(dirname(path)) : name) + '.d.ts'), types)
}

import { defineConfig } from 'prisma/config'

// These three commands insist on an engine file that they never start; any file that exists will do.
if (process.argv.some((argument) => ['generate', 'validate', 'format'].includes(argument)))
  process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= 'package.json'

export default defineConfig({ schema: 'prisma/schema.prisma' })

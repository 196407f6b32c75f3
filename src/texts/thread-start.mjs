// Node 20 reads the file of a thread before it runs what `--import` names, so the thread registers the loader of TypeScript itself.
import { register } from 'tsx/esm/api'

register()
await import('./thread.ts')

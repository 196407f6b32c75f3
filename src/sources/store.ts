export { resolveSource, type SourceChoice, sourceChoices } from './choice.store.ts'

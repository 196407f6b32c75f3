/** Something the operator can put right; its message is a sentence that stands on its own. */
export class StartFault extends Error {
  override name = 'StartFault'
}

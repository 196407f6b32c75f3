/** What a desk is called that nobody has named. */
export const DEFAULT_DESK_NAME = 'The desk'

import { LETTER } from './scales.ts'

/** Something that wants to stand at a height, and takes room there. */
type Wanted = { y: number; height: number }

/** The middles of things moved apart, in their order, as little as it takes for none to lie on another between `top` and `bottom`. */
export function movedApart(wanted: readonly Wanted[], top: number, bottom: number): number[] {
  const order = wanted.map(({ y, height }, index) => ({ y, height, index })).toSorted((one, other) => one.y - other.y)
  const moved = wanted.map(() => 0)
  let least = top
  for (const { y, height, index } of order) {
    const middle = Math.max(y, least + height / 2)
    moved[index] = middle
    least = middle + height / 2
  }
  let most = bottom
  for (const { height, index } of order.toReversed()) {
    const middle = Math.min(moved[index] ?? 0, most - height / 2)
    moved[index] = middle
    most = middle - height / 2
  }
  return moved
}

/** A name in two lines at most, each as wide as fits a width at a size of letters; what is over is cut. */
export function inLines(name: string, width: number, size: number): string[] {
  const room = Math.floor(width / (LETTER * size))
  if ([...name].length <= room) return [name]
  const words = name.split(/\s+/)
  let first = words.shift() ?? ''
  while (words[0] !== undefined && [...`${first} ${words[0]}`].length <= room) first += ` ${words.shift()}`
  return words.length ? [cut(first, room), cut(words.join(' '), room)] : [cut(first, room)]
}

function cut(text: string, room: number): string {
  const letters = [...text]
  return letters.length <= room
    ? text
    : `${letters
        .slice(0, room - 1)
        .join('')
        .trimEnd()}…`
}

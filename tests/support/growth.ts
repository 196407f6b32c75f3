const LEAST_MS = 20

/**
 * How many times the work of four times the size takes the time of the size itself: about 4 where time grows with the size, 16 where it grows
 * with its square. Measured in this process's own time, so that what else the machine does hardly counts; work of a few milliseconds answers 0.
 */
export function growthOf(work: (size: number) => unknown, size: number): number {
  work(size)
  const large = leastOf(() => work(4 * size))
  if (large < LEAST_MS) return 0
  return (
    large /
    Math.max(
      leastOf(() => work(size)),
      1,
    )
  )
}

/** The growth that no work may reach whose time is to grow with its size; between that of lines and of squares. */
export const SQUARE = 12

function leastOf(work: () => unknown): number {
  const times = [1, 2, 3].map(() => {
    const before = process.cpuUsage()
    work()
    const { user, system } = process.cpuUsage(before)
    return (user + system) / 1000
  })
  return Math.min(...times)
}

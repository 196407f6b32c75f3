import { headlineOf } from '../decisions/headline.ts'
import type { Mover } from '../decisions/workflow.ts'
import type { Db } from '../history/store.ts'
import type { Landing } from '../outcome.ts'
import { speakerInWords } from '../parties/speaker.ts'
import { paths } from '../paths.ts'
import { may } from '../policy.ts'
import { type Beside, besideOf, figureInWords } from './beside.ts'
import { figuresOf, type QuestionFigure } from './figures.store.ts'

/** What a claim's figure is to the others on its question; null where it hangs on none. */
async function figuresBeside(
  db: Db,
  claimId: number,
  question: { id: number; isCumulative: boolean } | null,
  maySeePrivate: boolean,
) {
  if (!question) return null
  const figures = await figuresOf(db, question.id, maySeePrivate)
  const mine = figures.find(({ id }) => id === claimId)
  return mine ? { mine, ...besideOf(mine, figures, question) } : null
}

/** What a claim's page shows of the figures beside its own; null where it has no question or no figure. */
export async function figuresShown(db: Db, claim: Hanging, person: Mover) {
  const found = await figuresBeside(db, claim.id, claim.question, may(person.role, 'seePrivateSources'))
  if (!found) return null
  const { named, counts } = found
  return {
    isWithdrawn: found.mine.isWithdrawn,
    others: named
      .filter(({ comparison }) => comparison.relation !== 'compatible')
      .map((beside) => ({
        ref: beside.figure.ref,
        does: beside.does,
        figure: figureInWords(beside.figure),
        speakers: speakersOf(beside.figure),
        reason: beside.comparison.reason,
        isConflict: beside.comparison.relation === 'conflict',
        headline: headlineOf(beside.figure),
        offer: offerOf(claim.ref, beside),
        supersedes: maySupersede(found.mine, beside, person)
          ? { ref: beside.figure.ref, revision: beside.figure.revision }
          : null,
      })),
    compatible: counts.compatible,
    conflicts: counts.conflict,
  }
}

type Hanging = { id: number; ref: string; question: { id: number; isCumulative: boolean } | null }

function speakersOf({ sayings }: QuestionFigure): string {
  const names = sayings
    .filter(({ position }) => position === 'asserts')
    .map(({ speaker, speakerAsPrinted, naming }) => speakerInWords(speaker, speakerAsPrinted, naming))
  return [...new Set(names)].slice(0, 3).join(', ')
}

/** Whether this claim, later and verified, could take the place of the other by one move of this person. */
function maySupersede(mine: QuestionFigure, { figure, comparison }: Beside, person: Mover): boolean {
  const isLater = comparison.later === 'first' && OFFERED[comparison.relation] === 'updates'
  const canBe = mine.stage === 'decided' && mine.verdict === 'verified' && !mine.isSuperseded && !figure.isSuperseded
  return isLater && canBe && figure.stage === 'decided' && may(person.role, 'decide')
}

type Flash = NonNullable<Landing['flash']>

/** What a claim that was just saved does to the figures that were there, for the line under which it lands, with a step to say so. */
export async function flashWithFigures(
  tx: Db,
  claim: { id: number; ref: string },
  question: { id: number; isCumulative: boolean } | null,
  flash: Flash,
): Promise<Flash> {
  const found = await figuresBeside(tx, claim.id, question, true)
  const first = found?.named.find(({ comparison }) => OFFERED[comparison.relation] !== undefined)
  if (!first) return flash
  const offer = offerOf(claim.ref, first)
  return {
    ...flash,
    text: `${flash.text} The figure of ${claim.ref} ${first.does} that of ${first.figure.ref} (${figureInWords(first.figure)}).`,
    links: [...(flash.links ?? []), ...(offer ? [offer] : [])],
  }
}

/** The step that records what two figures are to each other; null where there is nothing to record. */
function offerOf(ref: string, { figure, comparison }: Beside): { text: string; href: string } | null {
  const type = OFFERED[comparison.relation]
  if (!type) return null
  const isMine = type === 'contradicts' || comparison.later !== 'second'
  const [from, to] = isMine ? [ref, figure.ref] : [figure.ref, ref]
  return { text: `Record that ${from} ${type} ${to}`, href: paths.newRelation(from, { to, type }) }
}

/** What is offered to be recorded of two claims whose figures are so related. */
const OFFERED: Partial<Record<Beside['comparison']['relation'], 'contradicts' | 'updates'>> = {
  conflict: 'contradicts',
  update: 'updates',
  revision_downwards: 'updates',
}

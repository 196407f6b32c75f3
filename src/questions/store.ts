import { Prisma, type PrismaClient } from '../../prisma/client/client.ts'
import { rows } from '../database/rows.ts'
import { NotFound } from '../errors.ts'
import { type Act, clock, type Db, once, record, recordFirst } from '../history/store.ts'
import { changedFields } from '../history/timeline.ts'
import { accepted, type Landing, type Outcome, type Problem, problemsWithin, refused } from '../outcome.ts'
import { namedId } from '../parties/name.ts'
import { paths } from '../paths.ts'
import { findStoryRow } from '../stories/store.ts'
import { containing } from '../text.ts'
import {
  type Asked,
  type NewQuestionForm,
  newQuestionForm,
  type QuestionEditForm,
  type QuestionForm,
  questionText,
} from './form.ts'
import { isMeasured, negativeRefusal, wholeRefusal } from './unit.ts'

const OWN = {
  wording: true,
  measure: true,
  population: true,
  place: true,
  period: true,
  unit: true,
  isCumulative: true,
} as const

/** A question by its id, with its story; throws NotFound. */
export async function findQuestion(db: Db, id: number | null) {
  const question =
    id === null
      ? null
      : await db.question.findUnique({
          where: { id },
          select: {
            ...OWN,
            id: true,
            storyId: true,
            revision: true,
            createdAt: true,
            story: { select: { code: true, title: true, timeZone: true } },
          },
        })
  if (!question) throw new NotFound('There is no such question. The page of its story lists those there are.')
  return question
}

export type FoundQuestion = Awaited<ReturnType<typeof findQuestion>>

/** A question as a field offers it: `value` goes into the field, `label` tells what it counts. */
export type QuestionChoice = { value: string; label: string }

// What is read of a story's questions at once; a desk that asks more of one story finds the rest by typing.
const MOST = 200

/** Questions of a story whose words contain what was typed, the newest first; of every story when none is named. */
export async function suggestQuestions(
  db: Db,
  storyId: number | null,
  q: string,
  limit = MOST,
): Promise<QuestionChoice[]> {
  const pattern = containing(q.trim())
  const found = await rows<{ id: number; wording: string; code: string; place: string; period: string; unit: string }>(
    db,
    Prisma.sql`
    select q.id, q.wording, s.code, q.place, q.period, q.unit from question q join story s on s.id = q.story_id
    where (${storyId}::int is null or q.story_id = ${storyId})
      and concat_ws(' ', q.wording, q.measure, q.population, q.place) ilike ${pattern}
    order by q.id desc limit ${limit}`,
  )
  return found.map(({ id, wording, code, place, period, unit }) => ({
    value: questionText({ id, wording }),
    label: [storyId === null ? code : '', unit, place, period].filter(Boolean).join(' · '),
  }))
}

/** The question of a story that somebody meant: by its number, or by its wording without regard to case. */
async function questionMeant(tx: Db, storyId: number, typed: string): Promise<Hung | null> {
  const id = namedId(typed)
  // Without regard to case, and without the wildcards that Prisma's would take from what was typed.
  const which = id === null ? Prisma.sql`lower(wording) = lower(${typed})` : Prisma.sql`id = ${id}`
  const [found] = await rows<Hung>(
    tx,
    Prisma.sql`
    select id, unit, is_cumulative as "isCumulative" from question where story_id = ${storyId} and ${which} order by id limit 1`,
  )
  return found ?? null
}

/** The question that a new claim's form begins with; null when there is none of this number. */
export async function maybeQuestion(db: Db, id: number | null): Promise<{ storyId: number; text: string } | null> {
  const question =
    id === null ? null : await db.question.findUnique({ where: { id }, select: { ...OWN, id: true, storyId: true } })
  return question && { storyId: question.storyId, text: questionText(question) }
}

/** What a claim's figure has to fit: the question it hangs on. */
export type Hung = { id: number; unit: string; isCumulative: boolean }

// From 0 to 1 by trigrams: wordings nearly to the letter, and wordings of one frame ("How many … were killed?") whose population and place are
// alike as well.
const ALMOST_ALL = 0.85
const NEARLY = 0.6
const ALIKE = 0.4

/** Questions of a story that read nearly the same, or that count the same of the same at the same place and time. */
function nearlySame(
  db: Db,
  storyId: number,
  { wording, measure, population, place, period }: Omit<QuestionForm, 'unit' | 'isCumulative'>,
  exceptId = 0,
): Promise<{ id: number; wording: string }[]> {
  return rows(
    db,
    Prisma.sql`
    select id, wording from question
    where story_id = ${storyId} and id <> ${exceptId} and (similarity(wording, ${wording}) >= ${ALMOST_ALL}::float8
      or (similarity(wording, ${wording}) >= ${NEARLY}::float8 and similarity(population, ${population}) >= ${ALIKE}::float8
        and similarity(place, ${place}) >= ${ALIKE}::float8)
      or lower(concat_ws('|', measure, population, place, period)) = lower(${[measure, population, place, period].join('|')}))
    order by similarity(wording, ${wording}) desc, id limit 3`,
  )
}

/** The other questions of a question's story, at most fifty: what is asked beside it, and not to be mixed with it. */
export function questionsBeside(db: Db, { id, storyId }: Pick<FoundQuestion, 'id' | 'storyId'>) {
  return db.question.findMany({
    where: { storyId, id: { not: id } },
    orderBy: { id: 'asc' },
    take: 50,
    select: { ...OWN, id: true },
  })
}

type Made = { question: Hung; problems: [] } | { question: null; problems: Problem[] }

/** Makes a question with its first event, unless the story has it or one nearly the same that was not told apart. */
async function createQuestion(
  tx: Db,
  act: Act,
  at: Date,
  storyId: number,
  { another, ...words }: NewQuestionForm,
): Promise<Made> {
  const near = await nearlySame(tx, storyId, words)
  if (near.length && !another) return { question: null, problems: nearProblems(near) }
  const [question] = await tx.question.createManyAndReturn({
    data: [{ ...words, storyId, addedById: act.actorId, createdAt: at }],
    skipDuplicates: true,
    select: { id: true },
  })
  if (!question) return { question: null, problems: [TAKEN] }
  const { lastHash } = await recordFirst(tx, act, at, 'question', question.id, {
    action: 'created',
    after: { storyId, ...words },
  })
  await tx.question.update({ where: { id: question.id }, data: { lastHash }, select: { id: true } })
  return { question: { id: question.id, unit: words.unit, isCumulative: words.isCumulative }, problems: [] }
}

const TAKEN: Problem = { field: 'wording', message: 'The story has this question already.' }

function nearProblems(near: { id: number; wording: string }[]): Problem[] {
  const named = near.map((one) => `“${questionText(one)}”`).join(', ')
  return [
    {
      field: 'wording',
      message: `Nearly the same is asked already: ${named}. Choose it, or tick that this is another question.`,
    },
    { field: 'another', message: 'Tick this if it is another question.' },
  ]
}

/**
 * The question that a claim's form names, made where it is new; null where it names none. Problems stand beside the fields of `question` in
 * that form.
 */
export async function readyQuestion(
  tx: Db,
  act: Act,
  at: Date,
  storyId: number,
  asked: Asked | undefined,
): Promise<{ question: Hung | null; problems: Problem[] }> {
  if (!asked?.wording) return { question: null, problems: [] }
  const meant = await questionMeant(tx, storyId, asked.wording)
  if (meant) return { question: meant, problems: [] }
  const inForm = (problems: readonly Problem[]) => problemsWithin('question', problems)
  if (namedId(asked.wording) !== null)
    return {
      question: null,
      problems: inForm([{ field: 'wording', message: 'The story has no question of this number.' }]),
    }
  const { another, ...words } = asked
  const given = Object.fromEntries(Object.entries(words).map(([name, value]) => [name, value ?? '']))
  const read = newQuestionForm.safeParse({ ...given, another: another ? 'yes' : '' })
  if (!read.success)
    return {
      question: null,
      problems: inForm([
        {
          field: 'wording',
          message: 'The story has no such question yet. Say below what it counts, or choose one that is there.',
        },
        ...read.error.issues.map(({ path, message }) => ({ field: String(path[0] ?? 'wording'), message })),
      ]),
    }
  const made = await createQuestion(tx, act, at, storyId, read.data)
  return made.question ? made : { question: null, problems: inForm(made.problems) }
}

/** Adds a question to a story. */
export function addQuestion(
  db: PrismaClient | Db,
  act: Act,
  code: string,
  form: NewQuestionForm,
): Promise<Outcome<Landing>> {
  return once(db, act, async (tx) => {
    const story = await findStoryRow(tx, code)
    // Two nearly alike at the same instant: the second sees the first.
    await tx.$queryRaw`select id from story where id = ${story.id} for no key update`
    const made = await createQuestion(tx, act, await clock(tx), story.id, form)
    if (!made.question) return refused(made.problems)
    return accepted({
      path: paths.question(made.question.id),
      flash: { text: 'The question is there. Figures hang on it by their claims.' },
    })
  })
}

/** Changes what a question asks; its figures stay on it. */
export function editQuestion(
  db: PrismaClient | Db,
  act: Act,
  id: number,
  { revision, another, ...form }: QuestionEditForm,
): Promise<Outcome<Landing>> {
  return once(db, act, async (tx) => {
    await findQuestion(tx, id)
    // Prisma cannot lock a row.
    await tx.$queryRaw`select id from question where id = ${id} for update`
    const question = await tx.question.findUniqueOrThrow({ where: { id } })
    if (revision !== question.revision) return refused(STALE, 'stale')
    const { wording, measure, population, place, period, unit, isCumulative } = question
    const changes = changedFields({ wording, measure, population, place, period, unit, isCumulative }, form)
    if (!changes)
      return accepted({ path: paths.question(id), flash: { text: 'Nothing was different, so nothing was changed.' } })
    const near = await nearlySame(tx, question.storyId, form, id)
    if (near.some((one) => one.wording === form.wording)) return refused(TAKEN)
    if (near.length && !another) return refused(nearProblems(near))
    const unfit = await unitProblem(tx, id, form.unit)
    if (unfit) return refused(unfit)
    const kept = await record(tx, act, await clock(tx), 'question', question, { action: 'edited', ...changes })
    await tx.question.update({ where: { id }, data: { ...form, ...kept }, select: { id: true } })
    return accepted({ path: paths.question(id), flash: { text: 'The question is changed.' } })
  })
}

/** Why a question's figures cannot be of a unit that counts: the first that is no whole number or below nought. */
async function unitProblem(tx: Db, questionId: number, unit: string): Promise<Problem | null> {
  if (isMeasured(unit)) return null
  const [claim] = await rows<{ ref: string; number: string }>(
    tx,
    Prisma.sql`
    select c.ref, trim_scale(bound)::text as number from claim c, unnest(array[c.figure_low, c.figure_high]) as bounds(bound)
    where c.question_id = ${questionId} and (bound < 0 or bound <> trunc(bound)) order by c.id limit 1`,
  )
  if (!claim) return null
  const no = negativeRefusal(claim.number, unit) ?? wholeRefusal(claim.number, unit)
  return { field: 'unit', message: `${claim.ref} answers it with ${claim.number}. ${no}` }
}

const STALE: Problem = {
  field: '',
  message: 'Somebody changed this question while you were working on it. Nothing was saved; what you typed is kept.',
}

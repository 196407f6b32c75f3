import { headerOf, rowLine } from '../exports/csv.ts'
import { unnamedInFiles } from '../parties/speaker.ts'
import { paths } from '../paths.ts'
import type { QuestionFigure, Saying } from './figures.store.ts'
import type { QuestionForm } from './form.ts'

/** One line for each time somebody gives a figure, so that a spreadsheet or R can plot them at once; numbers without thousands marks. */
const COLUMNS = [
  'question',
  'measure',
  'population',
  'place',
  'period',
  'unit',
  'cumulative',
  'claim',
  'statement',
  'speaker',
  'naming',
  'position',
  'relay',
  'publisher',
  'source',
  'said_on',
  'published_on',
  'as_of',
  'wording',
  'comparator',
  'low',
  'high',
  'interval_low',
  'interval_low_included',
  'interval_high',
  'interval_high_included',
  'finding',
  'stage',
  'verdict',
  'withdrawn',
  'superseded',
  'permalink',
] as const

type Row = Record<(typeof COLUMNS)[number], string>

const NUMERIC: ReadonlySet<string> = new Set(['low', 'high', 'interval_low', 'interval_high'])

/** The lines of a question's figures as CSV, its header first; `publicUrl` is the desk's address. */
export async function* figureLines(
  question: QuestionForm,
  figures: AsyncIterable<QuestionFigure>,
  publicUrl: string,
): AsyncGenerator<string> {
  yield headerOf(COLUMNS)
  for await (const figure of figures)
    for (const saying of figure.sayings.length ? figure.sayings : [null])
      yield lineFrom(question, figure, saying, publicUrl)
}

function lineFrom(question: QuestionForm, figure: QuestionFigure, saying: Saying | null, publicUrl: string): string {
  const { interval } = figure
  const row: Row = {
    question: question.wording,
    measure: question.measure,
    population: question.population,
    place: question.place,
    period: question.period,
    unit: question.unit,
    cumulative: yesNo(question.isCumulative),
    claim: figure.ref,
    statement: figure.statement,
    speaker: saying?.isUnnamed
      ? unnamedInFiles(saying.speakerAsPrinted)
      : (saying?.speaker ?? saying?.speakerAsPrinted ?? ''),
    naming: saying?.naming ?? '',
    position: saying?.position ?? '',
    relay: saying?.relays.join(' | ') ?? '',
    publisher: saying?.publisher ?? '',
    source: saying?.source ?? '',
    said_on: saying?.saidOn ?? '',
    published_on: saying?.publishedOn ?? '',
    as_of: figure.asOf ?? '',
    wording: figure.wording ?? '',
    comparator: figure.comparator,
    low: figure.low ?? '',
    high: figure.high ?? '',
    interval_low: interval?.low ?? '',
    interval_low_included: interval?.low ? yesNo(!interval.lowOpen) : '',
    interval_high: interval?.high ?? '',
    interval_high_included: interval?.high ? yesNo(!interval.highOpen) : '',
    finding: saying?.finding ?? '',
    stage: figure.stage,
    verdict: figure.verdict ?? '',
    withdrawn: yesNo(figure.isWithdrawn),
    superseded: yesNo(figure.isSuperseded),
    permalink: publicUrl + paths.claim(figure.ref),
  }
  return rowLine(COLUMNS, NUMERIC, row)
}

function yesNo(is: boolean): string {
  return is ? 'yes' : 'no'
}

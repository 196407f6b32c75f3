import type { Random } from './random.ts'

type Script = { language: string; share: number; between: string; end: string; words: readonly string[] }

const split = (text: string) => text.split(' ')

// The first words of each list are the commonest.
const SCRIPTS: readonly Script[] = [
  {
    language: 'en',
    share: 52,
    between: ' ',
    end: '.',
    words: split(
      'order the of in said that was to and by ministry police president people city government troops shot protesters report after without warning state emergency internet service airport square hospital dead wounded detained officers spokesman statement night region road building gas price rise bank foreign peacekeeping arrived left returned border commission inquiry court prosecutor evidence video witness document decree signed published denied confirmed number hundred thousand twenty at least more than about nearly family doctor factory worker strike union election vote parliament deputy minister governor mayor company oil pipeline power water train school teacher child woman man soldier weapon grenade fire smoke car bus curfew checkpoint',
    ),
  },
  {
    language: 'ru',
    share: 20,
    between: ' ',
    end: '.',
    words: split(
      'приказ в и на что по с президент министерство заявил сообщил город площадь полиция люди погибли ранены задержаны без предупреждения огонь открыть военные здание больница аэропорт интернет ночь область дорога цена газ рост банк граница комиссия суд прокурор видео свидетель документ указ подписан опубликован опроверг подтвердил тысяча двадцать не менее более около семья врач завод рабочий забастовка выборы парламент депутат министр аким компания нефть труба школа учитель ребёнок женщина солдат оружие граната пожар дым автобус',
    ),
  },
  {
    language: 'kk',
    share: 10,
    between: ' ',
    end: '.',
    words: split(
      'бұйрық және үшін туралы деді президент министрлік қала алаң полиция адам қаза тапты жараланды ұсталды ескертусіз оқ атуға әскер ғимарат аурухана әуежай интернет түн облыс жол баға газ өсім банк шекара комиссия сот прокурор бейне куәгер құжат жарлық қол қойды жариялады жоққа шығарды растады мың жиырма кемінде астам отбасы дәрігер зауыт жұмысшы ереуіл сайлау мәжіліс депутат министр әкім мұнай құбыр мектеп мұғалім бала әйел сарбаз қару өрт түтін көлік',
    ),
  },
  {
    language: 'ar',
    share: 8,
    between: ' ',
    end: '.',
    words: split(
      'أمر في من على أن إلى الرئيس الوزارة قال الشرطة المدينة الساحة الناس قتلى جرحى اعتقال بدون إنذار إطلاق النار الجيش المبنى المستشفى المطار الإنترنت الليل المنطقة الطريق السعر الغاز ارتفاع البنك الحدود اللجنة المحكمة المدعي فيديو شاهد وثيقة مرسوم وقع نشر نفى أكد ألف عشرون أكثر حوالي عائلة طبيب مصنع عامل إضراب انتخابات البرلمان نائب وزير شركة نفط مدرسة طفل امرأة جندي سلاح حريق دخان',
    ),
  },
  {
    language: 'zh',
    share: 6,
    between: '',
    end: '。',
    words: split(
      '命令 总统 表示 政府 警方 城市 广场 民众 死亡 受伤 被捕 没有警告 开枪 军队 大楼 医院 机场 互联网 夜间 地区 道路 价格 天然气 上涨 银行 边境 委员会 法院 检察官 视频 目击者 文件 法令 签署 公布 否认 证实 数千 二十 至少 超过 大约 家庭 医生 工厂 工人 罢工 选举 议会 议员 部长 公司 石油 学校 儿童 士兵 武器 火灾',
    ),
  },
  {
    language: 'de',
    share: 4,
    between: ' ',
    end: '.',
    words: split(
      'Befehl der die und in von Präsident Ministerium sagte Polizei Straße Menschen getötet verletzt festgenommen ohne Vorwarnung Soldaten Gebäude Krankenhaus Flughafen Nacht Gebiet Preis Gas Erhöhung Grenze Ausschuss Gericht Staatsanwalt Zeuge Dokument Erlass unterzeichnet veröffentlicht bestritt bestätigte tausend zwanzig mindestens mehr als etwa Familie Ärztin Fabrik Streik Wahl Abgeordnete Bürgermeister Öl Schule Kind Waffe Feuer',
    ),
  },
]

const WHEEL = SCRIPTS.flatMap((script) => Array.from({ length: script.share }, () => script))

// What breaks a careless CSV, page or search.
const AWKWARD = [
  'He said "no", then left, quickly',
  'First line\nsecond line, with a comma\n\nand a gap',
  '=SUM(A1:A9)',
  '+7 727 250 00 00 was the number given',
  '-5 degrees were measured',
  '@channel was told first',
  '\tbegins with a tab',
  '<script>alert(1)</script> & <b>bold</b>',
  'قال "نعم" (12) – and then in Latin',
  '\u2067right to left\u2069, isolated',
  'crowds 🎉 and a family 👩‍👩‍👧‍👦 and a flag 🇰🇿',
  'Tokáyev, ТОКАЕВ and Toқaev, naïvely coöperating',
  "O'Brien; DROP TABLE claim; --",
  '100 % | 50 % ¦ one\\two \\N',
  'ﬁnal ① ½ Ǆ e\u0301 é',
] as const

export type Worded = { text: string; language: string }

/** A sentence of `length` words in one of the scripts; one in twenty-five holds something awkward. */
export function sentence(random: Random, length: number): Worded {
  const { language, words, between, end } = random.pick(WHEEL)
  const told = Array.from({ length }, () => random.skewed(words))
  if (random.below(3) === 0) told.splice(random.below(length), 0, String(random.below(9000) + 100))
  const first = told.join(between)
  const text = first.charAt(0).toUpperCase() + first.slice(1) + end
  return { text: random.below(25) === 0 ? `${random.pick(AWKWARD)} ${text}` : text, language }
}

const BEGINNINGS = split('Al Bek Dos Er Gul Ka Mar Nur Ora Sa Tem Zhan Bri Cor Del Fal Hol Kel Lin Mor')
const MIDDLES = split('a e i o u ba da ga ka la ma na ra sa ta')
const ENDINGS = split('bek bay gul khan mir tai zhan nov ova sky ton ford berg dóttir oğlu')

/** A name that nobody bears, the same for the same number. */
export function coined(number: number): string {
  const middle = (index: number) => MIDDLES[index % MIDDLES.length] ?? ''
  const rest = Math.floor(number / BEGINNINGS.length)
  const tail = Math.floor(rest / MIDDLES.length)
  const more = Math.floor(tail / ENDINGS.length)
  return [
    BEGINNINGS[number % BEGINNINGS.length],
    middle(rest),
    more ? middle(more) + (more >= MIDDLES.length ? middle(Math.floor(more / MIDDLES.length)) : '') : '',
    ENDINGS[tail % ENDINGS.length],
  ].join('')
}

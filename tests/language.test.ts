import { expect, test } from 'vitest'
import { maybeLanguage } from '../src/language.ts'

test.each([
  ['en', 'en'],
  ['EN-gb', 'en-GB'],
  ['rus', 'ru'],
  ['zh-hant', 'zh-Hant'],
  ['kk-Cyrl-KZ', 'kk-Cyrl-KZ'],
  ['ckb', 'ckb'],
  ['english', null],
  ['xx', null],
  ['zz-ZZ', null],
  ['en-QX', null],
  ['en-x-house', null],
  ['x-house', null],
  ['en_GB', null],
  ['e', null],
  ['Русский', null],
])('%s is the language %s', (typed, language) => expect(maybeLanguage(typed)).toBe(language))

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addressKeys, canonicalUrl } from '../../src/sources/canonical-url.ts'

describe('One page has one canonical address', () => {
  test.each([
    ['HTTP://Example.ORG/News/', 'https://example.org/News'],
    ['https://example.org', 'https://example.org/'],
    ['https://example.org:443/a#part', 'https://example.org/a'],
    ['http://example.org:80/a', 'https://example.org/a'],
    ['https://example.org:8443/a', 'https://example.org:8443/a'],
    ['https://example.org./a', 'https://example.org/a'],
    ['https://example.org/a?utm_source=x&id=7&fbclid=y', 'https://example.org/a?id=7'],
    ['https://example.org/a?utm_source=x', 'https://example.org/a'],
    ['https://example.org/a?b=2&a=1', 'https://example.org/a?a=1&b=2'],
    ['https://example.org/a?b=x+y', 'https://example.org/a?b=x%20y'],
    ['https://пример.рф/новости', 'https://xn--e1afmkfd.xn--p1ai/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8'],
  ])('%s is %s', (address, canonical) => expect(canonicalUrl(address)).toBe(canonical))

  test.each([['javascript:alert(1)'], ['file:///etc/passwd'], ['example.org'], ['https://'], ['']])(
    '%j has none',
    (address) => expect(canonicalUrl(address)).toBeNull(),
  )

  test('whose own canonical address is itself', () => {
    const part = fc.constantFrom(
      'amp',
      'amp.html',
      'index.html',
      'a',
      '%41',
      'й',
      '%FF',
      '',
      'status',
      '1',
      's',
      'c',
      'd',
      'e',
      'document',
      'groups',
      'web',
      '2022',
    )
    const host = fc.constantFrom(
      'example.org',
      'www.m.example.org',
      'x.com',
      't.me',
      'channel.t.me',
      'docs.google.com',
      'drive.google.com',
      'facebook.com',
      'youtu.be',
      'en.m.wikipedia.org',
      'bbc.co.uk',
    )
    const query = fc.constantFrom(
      '',
      '?a=%2B+b',
      '?b&a=%26',
      '?amp',
      "?x='%27",
      '?utm_id=1&z=[]',
      '?id=1&fbid=2&thread=3',
    )
    const fragment = fc.constantFrom('', '#!/a/', '#/b?utm_id=1', '#a/b', '#:~:text=a/b', '#!')
    const made = fc
      .tuple(host, fc.array(part, { maxLength: 6 }), query, fragment)
      .map(([name, parts, asked, end]) => `https://${name}/${parts.join('/')}${asked}${end}`)
    const any = fc.oneof(made, fc.webUrl({ withQueryParameters: true, withFragments: true, size: 'small' }))
    fc.assert(
      fc.property(any, (address) => {
        const canonical = canonicalUrl(address) ?? ''
        expect(canonicalUrl(canonical)).toBe(canonical)
      }),
      { numRuns: 1000 },
    )
  })
})

describe('All addresses of one document have one canonical address', () => {
  test.each([
    [
      'https://example.org/a',
      'https://www.example.org/a/',
      'https://m.example.org/a',
      'https://amp.example.org/a',
      'https://example.org/a?at_medium=RSS',
      'https://example.org/a?CMP=share_btn_tw',
      'https://example.org/a?smid=tw-share&ito=social',
      'https://example.org/a?amp',
      'https://example.org/a?outputType=amp',
      'https://example.org/amp/a',
      'https://example.org/a/amp/',
      'https://example.org/a.amp',
      'https://example.org/%61',
      'https://example.org/a/index.html',
      'https://example.org/a#:~:text=one/two',
      'https://web.archive.org/web/20220107120000/https://www.example.org/a',
      'https://web.archive.org/web/20220107120000if_/http://example.org:80/a',
      'https://web.archive.org/web/2022/example.org/a?utm_source=x',
      'https://archive.ph/2022.01.07-120000/https://example.org/a',
      'https://archive.today/20220107120000/https://example.org/a',
      'https://archive.is/newest/https://example.org/a',
      'https://webcache.googleusercontent.com/search?q=cache:Ab-dEfghijkl:https://example.org/a',
      'https://www.google.com/amp/s/www.example.org/a/amp/',
      'https://www.google.kz/url?q=https%3A%2F%2Fexample.org%2Fa&sa=D',
      'https://www-example-org.cdn.ampproject.org/v/s/www.example.org/a?usqp=x&amp_js_v=0.1',
      'https://www-example-org.translate.goog/a?_x_tr_sl=ru&_x_tr_tl=en',
      'https://example.turbopages.org/turbo/example.org/s/a',
      'https://l.facebook.com/l.php?u=https%3A%2F%2Fexample.org%2Fa%3Ffbclid%3Dx&h=y',
    ],
    ['https://example.org/a?page=2&id=1', 'https://example.org/a?id=1&page=2&utm_medium=x'],
    ['https://example.org/%D0%B9', 'https://example.org/й', 'https://example.org/%d0%b8%cc%86'],
    ['https://example.org/a(b),c', 'https://example.org/a%28b%29%2Cc'],
    [
      'https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=3s&list=PL1',
      'https://youtu.be/dQw4w9WgXcQ?si=abc',
      'https://m.youtube.com/shorts/dQw4w9WgXcQ',
      'https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ',
      'https://ghostarchive.org/varchive/dQw4w9WgXcQ',
    ],
    [
      'https://twitter.com/Ada/status/1479?s=20',
      'https://x.com/ada/status/1479',
      'https://mobile.twitter.com/ada/status/1479/photo/1',
      'https://x.com/i/web/status/1479',
    ],
    ['https://t.me/s/Channel/12?single', 'https://telegram.me/channel/12', 'https://t.me/Channel/12'],
    ['https://vk.com/wall-1_2', 'https://m.vk.com/feed?w=wall-1_2'],
    ['https://en.m.wikipedia.org/wiki/Almaty', 'https://en.wikipedia.org/w/index.php?title=Almaty'],
    ['https://archive.ph/AbCdE', 'https://archive.is/AbCdE', 'https://archive.vn/AbCdE'],
    ['https://www.bbc.co.uk/news/world-1', 'https://www.bbc.com/news/amp/world-1'],
    [
      'https://example.org/a',
      'https://user:password@EXAMPLE.org:443/b/../a',
      'https://archive.ph/wip/https://example.org/a',
      'https://archive.ph/timegate/http://example.org/a',
      'https://web.archive.org/web/20220107120000id_/https%3A%2F%2Fexample.org%2Fa',
      'https://translated.turbopages.org/proxy_u/en-ru.ru.1a2b/https/example.org/a',
      'https://t.me/iv?url=https%3A%2F%2Fexample.org%2Fa&rhash=1a2b',
      'https://archive.wikiwix.com/cache/?url=https%3A%2F%2Fexample.org%2Fa',
      'https://consent.youtube.com/m?continue=https%3A%2F%2Fexample.org%2Fa&gl=DE',
    ],
    ['https://example.org/a.html', 'https://example.org/a.amp.html'],
    [
      'https://www.youtube.com/watch?v=dQw4w9WgXcQ',
      'https://yewtu.be/watch?v=dQw4w9WgXcQ',
      'https://invidious.example.org/watch?v=dQw4w9WgXcQ',
      'https://piped.video/watch?v=dQw4w9WgXcQ',
      'https://gaming.youtube.com/watch?v=dQw4w9WgXcQ',
    ],
    ['https://www.youtube.com/playlist?list=PL1', 'https://www.youtube.com/embed/videoseries?list=PL1'],
    [
      'https://x.com/ada/status/1479',
      'https://nitter.example.org/ada/status/1479#m',
      'https://xcancel.com/ada/status/1479',
      'https://fixvx.com/ada/status/1479',
      'https://twitter.com/#!/ada/status/1479',
      'https://twitter.com/statuses/1479',
      'https://platform.twitter.com/embed/Tweet.html?id=1479&theme=dark',
      'https://threadreaderapp.com/thread/1479.html',
    ],
    [
      'https://t.me/channel/12',
      'https://channel.t.me/12',
      'https://t.me/channel/5/12',
      'https://t.me/channel/12?thread=5',
    ],
    ['https://t.me/c/1234567/12', 'https://t.me/c/1234567/12?single', 'https://t.me/c/1234567/5/12'],
    ['https://www.tiktok.com/@ada/video/123', 'https://www.tiktok.com/embed/v2/123'],
    ['https://www.instagram.com/p/AbC', 'https://www.ddinstagram.com/reel/AbC/'],
    [
      'https://www.facebook.com/groups/1/posts/6',
      'https://m.facebook.com/groups/1/?multi_permalinks=6',
      'https://facebook.com/groups/1/permalink/6/',
    ],
    ['https://www.facebook.com/photo.php?fbid=7', 'https://www.facebook.com/photo/?fbid=7&set=a.1'],
    ['https://drive.google.com/file/d/AbC/view', 'https://drive.google.com/open?id=AbC'],
  ])('%s', (address, ...others) => {
    expect(others.map(canonicalUrl)).toEqual(others.map(() => canonicalUrl(address)))
  })
})

describe('Two documents at one address are told apart', () => {
  test.each([
    ['https://example.org/app#!/post/1', 'https://example.org/app#!/post/2'],
    ['https://example.org/app#/post/1', 'https://example.org/app#/post/2'],
    ['https://example.org/app#inbox/1', 'https://example.org/app#inbox/2'],
    ['https://example.org/a?id=1', 'https://example.org/a?id=2'],
    ['https://example.org/camp/', 'https://example.org/c'],
    ['https://t.me/channel/1', 'https://t.me/channel/2'],
    ['https://x.com/ada/status/1', 'https://x.com/ada/status/2'],
    ['https://www.google.com/search?q=https://example.org/a', 'https://example.org/a'],
    ['https://web.archive.org/web/2022/https://example.org/app#!/1', 'https://example.org/app#!/2'],
    ['https://archive.ph/AbCdE', 'https://archive.ph/abcde'],
    ['https://docs.google.com/document/d/e/2PACX-1/pub', 'https://docs.google.com/document/d/e/2PACX-2/pub'],
    ['https://www.youtube.com/embed/videoseries?list=A', 'https://www.youtube.com/embed/videoseries?list=B'],
    ['https://www.youtube.com/embed/live_stream?channel=A', 'https://www.youtube.com/embed/live_stream?channel=B'],
    ['https://www.youtube.com/watch?v=dQw4w9WgXcQ&lc=1', 'https://www.youtube.com/watch?v=dQw4w9WgXcQ&lc=2'],
    ['https://t.me/joinchat/AAA', 'https://t.me/joinchat/aaa'],
    ['https://t.me/group/5/12', 'https://t.me/group/5/13'],
    ['https://t.me/c/1234567/12', 'https://t.me/c/7654321/12'],
    ['https://t.me/addstickers/ada', 'https://t.me/addstickers/eve'],
    ['https://www.facebook.com/groups/1/?multi_permalinks=5', 'https://www.facebook.com/groups/1/?multi_permalinks=6'],
    ['https://www.facebook.com/a/posts/1?comment_id=4', 'https://www.facebook.com/a/posts/1?comment_id=5'],
    ['https://vk.com/ada?w=wall-1_2_r3', 'https://vk.com/ada?w=wall-1_2_r4'],
    ['https://example.org/gifts?campaign_id=1', 'https://example.org/gifts?campaign_id=2'],
    ['https://example.org/parcel?tracking_id=1', 'https://example.org/parcel?tracking_id=2'],
    ['https://example.org/a?int_id=1', 'https://example.org/a?int_id=2'],
  ])('%s and %s', (one, other) => expect(canonicalUrl(one)).not.toBe(canonicalUrl(other)))
})

describe('Addresses that are almost the same', () => {
  test.each([
    ['https://example.org/a', 'https://example.org/a?source=rss', true],
    ['https://example.org/a?ref=1', 'https://example.org/A?ref=2', true],
    ['https://example.org/a', 'https://example.org/a.html', true],
    ['https://example.org/a?id=1', 'https://example.org/a?id=2&x=3', false],
    ['https://example.org//news//a', 'https://example.org/news/a', true],
    ['https://www.youtube.com/playlist?list=A', 'https://www.youtube.com/playlist?list=B', false],
    ['https://www.youtube.com/watch?v=dQw4w9WgXcQ', 'https://youtu.be/dQw4w9WgXcQ?lc=1', true],
    ['https://example.org/app#!/1', 'https://example.org/app#!/2', false],
  ])('%s and %s: %s', (one, other, isNear) => {
    expect(addressKeys(one)?.near === addressKeys(other)?.near).toBe(isNear)
  })

  test('are read in time that grows with their length alone', () => {
    for (const address of [
      `https://example.org/${'amp/'.repeat(400)}`,
      `https://${'https://web.archive.org/web/2022/'.repeat(50)}example.org/a`,
      `https://example.org/?${'a=1&'.repeat(400)}`,
      `https://example.org/a#${'/'.repeat(1900)}x`,
    ])
      expect(addressKeys(address), address).not.toBeNull()
  })
})

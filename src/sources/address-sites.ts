/** The parts of an address that these tables look at: host in lower case without www., m. and amp., path, parameters, fragment without its #. */
export type Parts = { host: string; path: string; parameters: URLSearchParams; fragment: string }

type Place = { host: string; path: string; query?: string }

/** Sites whose one document stands under several kinds of address. What none of its lines fits is read like any other address. */
const SITES: readonly { host: RegExp; place: (parts: Parts) => Place | null }[] = [
  {
    host: /^(?:(?:music|gaming)\.)?youtube(?:-nocookie)?\.com$|^youtu\.be$|^yewtu\.be$|^(?:invidious|piped)\..+$/,
    place: ({ host, path, parameters }) => {
      const [first = '', second = ''] = segmentsOf(path)
      const list = parameters.get('list')
      if (list && (path === '/playlist' || second === 'videoseries'))
        return { host: 'youtube.com', path: '/playlist', query: `list=${encodeURIComponent(list)}` }
      const id = host === 'youtu.be' ? first : VIDEO_FOLDERS.has(first) ? second : parameters.get('v')
      if (!id || !/^[\w-]{6,}$/.test(id) || NO_VIDEOS.has(id)) return null
      const comment = parameters.get('lc')
      return {
        host: 'youtube.com',
        path: '/watch',
        query: `v=${id}${comment ? `&lc=${encodeURIComponent(comment)}` : ''}`,
      }
    },
  },
  {
    host: /^(?:x|(?:(?:fx|vx|fixup|platform\.)?twitter)|fixupx|fixvx|xcancel|threadreaderapp)\.com$|^nitter\..+$/,
    place: ({ path, parameters, fragment }) => {
      const [id] = /(?<=^(?:\/.+)?\/(?:status|statuses|thread)\/)\d+/.exec(routed(path, fragment)) ?? []
      const embedded = path === '/embed/Tweet.html' ? parameters.get('id') : id
      if (embedded && /^\d+$/.test(embedded)) return { host: 'x.com', path: `/i/status/${embedded}`, query: '' }
      return { host: 'x.com', path: path.toLowerCase() }
    },
  },
  {
    host: /^(?:\w{4,}\.)?t\.me$|^(?:t|telegram)\.(?:me|dog)$/,
    place: ({ host, path, parameters }) => {
      const [named] = /^\w+(?=\.t\.me$)/.exec(host) ?? []
      const segments = segmentsOf(path)
      // In a group of topics a post's address may have its topic before it.
      const [, chat, post] =
        /^(c\/\d+|\w{4,})(?:\/(\d+))*$/i.exec(
          [named ?? [], ...(segments[0] === 's' ? segments.slice(1) : segments)].flat().join('/'),
        ) ?? []
      if (!chat) return null
      const comment = parameters.get('comment') ?? ''
      const query = post && /^\d+$/.test(comment) ? `comment=${comment}` : ''
      return { host: 't.me', path: `/${chat.toLowerCase()}${post ? `/${post}` : ''}`, query }
    },
  },
  {
    host: /^(?:(?:web|touch|mbasic|[a-z]{2}-[a-z]{2})\.)?(?:facebook|fb)\.com$/,
    place: ({ path, parameters }) => {
      const segments = segmentsOf(path)
      const at = segments.indexOf('videos')
      const video = segments[0] === 'watch' ? parameters.get('v') : at > 0 ? segments.at(-1) : null
      const kept = (names: readonly string[]) =>
        names.flatMap((name) => {
          const value = parameters.get(name)
          return value ? [`${name}=${encodeURIComponent(value)}`] : []
        })
      const comment = kept(['comment_id', 'reply_comment_id'])
      const found = (place: string, ...told: string[]) => ({
        host: 'facebook.com',
        path: place,
        query: [...told, ...comment].toSorted().join('&'),
      })
      if (video && /^\d+$/.test(video)) return found('/watch', `v=${video}`)
      const photo = parameters.get('fbid')
      if (photo && /^\/photo(?:\.php)?$/.test(path)) return found('/photo', `fbid=${photo}`)
      const [, group, own] = /^\/groups\/([^/]+)(?:\/(?:posts|permalink)\/(\d+))?$/.exec(path) ?? []
      const post = own ?? parameters.get('multi_permalinks')
      if (group && post && /^\d+$/.test(post)) return found(`/groups/${group}/posts/${post}`)
      return found(path, ...kept(['story_fbid', 'fbid', 'id', 'v']))
    },
  },
  {
    host: /^(?:dd|kk)?instagram\.com$/,
    place: ({ path }) => {
      const [id] = /(?<=\/(?:p|reel|reels|tv)\/)[\w-]+/.exec(path) ?? []
      return id
        ? { host: 'instagram.com', path: `/p/${id}`, query: '' }
        : { host: 'instagram.com', path: path.toLowerCase() }
    },
  },
  {
    host: /^tiktok\.com$/,
    place: ({ path }) => {
      const [id] = /(?<=\/(?:video|photo|v|embed|embed\/v\d)\/)\d+/.exec(path) ?? []
      return id ? { host: 'tiktok.com', path: `/video/${id}`, query: '' } : null
    },
  },
  {
    host: /^(?:vk\.com|vk\.ru|vkontakte\.ru)$/,
    place: ({ path, parameters }) => {
      const opened = parameters.get('w') ?? parameters.get('z') ?? ''
      const [, item, reply] = /^((?:wall|video|photo|story|topic)-?\d+_\d+)(?:_r(\d+))?/.exec(opened) ?? []
      if (!item) return { host: 'vk.com', path }
      return { host: 'vk.com', path: `/${item}`, query: reply ? `reply=${reply}` : '' }
    },
  },
  {
    host: /^(?:(?:old|new|np|i|sh)\.)?reddit\.com$|^redd\.it$/,
    place: ({ host, path }) => {
      if (host === 'redd.it') return { host: 'reddit.com', path: `/comments/${segmentsOf(path)[0] ?? ''}`, query: '' }
      const [, id, comment] = /\/comments\/(\w+)(?:\/[^/]*\/(\w+))?/.exec(path) ?? []
      return id ? { host: 'reddit.com', path: `/comments/${id}${comment ? `/_/${comment}` : ''}`, query: '' } : null
    },
  },
  {
    host: /^[a-z-]+(?:\.m)?\.(?:wikipedia|wikinews|wikiquote|wikisource)\.org$/,
    place: ({ host, path, parameters }) => {
      const title = path === '/w' ? parameters.get('title') : null
      if (title && [...parameters.keys()].every((name) => name === 'title'))
        return { host: host.replace('.m.', '.'), path: `/wiki/${title.replaceAll(' ', '_')}`, query: '' }
      return { host: host.replace('.m.', '.'), path }
    },
  },
  {
    host: /^docs\.google\.com$|^drive\.google\.com$/,
    place: ({ path, host, parameters }) => {
      const id = parameters.get('id')
      if (id && (path === '/open' || path === '/uc'))
        return { host, path: `/file/d/${encodeURIComponent(id)}`, query: '' }
      const [file] =
        /^\/(?:document|spreadsheets|presentation|forms|file)(?:\/u\/\d+)?\/d\/(?:e\/)?[\w-]+/.exec(path) ?? []
      return file ? { host, path: file.replace(/\/u\/\d+/, ''), query: '' } : null
    },
  },
  { host: /^bbc\.co\.uk$/, place: ({ path }) => ({ host: 'bbc.com', path }) },
  {
    host: /^(?:edition|lite|us|amp)\.cnn\.com$|^cnn\.com$/,
    place: ({ path }) => ({ host: 'cnn.com', path: path.replace(/^\/cnn(?=\/\d{4}\/)/, '') }),
  },
]

const VIDEO_FOLDERS = new Set(['shorts', 'live', 'embed', 'v', 'e'])
/** What stands where an id of a video does and is none. */
const NO_VIDEOS = new Set(['videoseries', 'live_stream'])

/** The path of a page that is drawn by its fragment. */
function routed(path: string, fragment: string): string {
  return path === '/' && fragment.startsWith('!/') ? fragment.slice(1) : path
}

/** Where a document of a site of the table stands; null where the table does not know better. `query` left out keeps the address's own. */
export function sitePlace(parts: Parts): Place | null {
  return SITES.find(({ host }) => host.test(parts.host))?.place(parts) ?? null
}

function segmentsOf(path: string): string[] {
  return path.split('/').filter(Boolean)
}

// Copies of pages that are kept or shown by others, with the address of the page in their own: in the path, or in a parameter.
const COPIES: readonly { host: RegExp; path?: RegExp; parameter?: readonly string[]; page?: RegExp }[] = [
  { host: /^(?:web|wayback|web-beta)\.archive\.org$/, path: /^\/(?:web|save)\/(?:[\w*]+\/)?(.+)$/ },
  { host: /^archive\.org$/, path: /^\/web\/(?:[\w*]+\/)?(.+)$/, parameter: ['url'] },
  {
    host: /^archive\.(?:today|ph|is|li|md|vn|fo|ec)$/,
    path: /^\/(?:[\d.-]{4,20}\/|newest\/|oldest\/|submit\/|wip\/|timegate\/|timemap\/|o\/\w+\/)?(https?:.+)$/,
    parameter: ['url'],
  },
  { host: /^ghostarchive\.org$/, path: /^\/(?:archive\/)?(https?:.+)$/, parameter: ['url', 'term'] },
  { host: /^webcache\.googleusercontent\.com$/, parameter: ['q'] },
  { host: /^google(?:\.[a-z]{2,3}){1,2}$/, path: /^\/amp\/(.+)$/, parameter: ['url', 'q'], page: /^\/url$/ },
  { host: /\.cdn\.ampproject\.org$|^cdn\.ampproject\.org$/, path: /^\/(?:[a-z]\/)+(.+)$/ },
  { host: /\.bing-amp\.com$/, path: /^\/(?:[a-z]\/)+(.+)$/ },
  { host: /^cc\.bingj\.com$/, parameter: ['u'] },
  { host: /^(?:l|lm)\.(?:facebook|instagram)\.com$/, parameter: ['u'] },
  {
    host: /^out\.reddit\.com$|^(?:away\.)?vk\.(?:com|ru)$/,
    parameter: ['url', 'to'],
    page: /^\/(?:away(?:\.php)?|[\w-]*)$/,
  },
  { host: /^translate\.google(?:\.[a-z]{2,3}){1,2}$/, parameter: ['u'] },
  {
    host: /^yandex\.(?:ru|com|kz|by)$/,
    path: /^\/turbo\/([^/]+\.[^/]+)\/s(\/.+)$/,
    parameter: ['text'],
    page: /^\/turbo$/,
  },
  { host: /^translated\.turbopages\.org$/, path: /^\/proxy_u\/[^/]+\/(https?\/.+)$/ },
  { host: /\.turbopages\.org$/, path: /^\/(?:turbo\/)?([^/]+\.[^/]+)\/s(\/.+)$/ },
  { host: /^(?:t|telegram)\.(?:me|dog)$/, parameter: ['url'], page: /^\/iv$/ },
  { host: /^consent\.(?:youtube|google)\.com$/, parameter: ['continue'] },
  { host: /^archive\.wikiwix\.com$/, parameter: ['url'] },
  { host: /^webarchive\.nationalarchives\.gov\.uk$/, path: /^\/(?:ukgwa\/)?(?:[\w*]+\/)?(https?:.+)$/ },
  { host: /^wayback\.archive-it\.org$/, path: /^\/(?:\w+\/)?[\w*]+\/(https?:.+)$/ },
  { host: /^arquivo\.pt$/, path: /^\/(?:no)?[Ww]ayback\/[\w*]+\/(.+)$/ },
  { host: /^(?:webarchive|swap)\.(?:loc\.gov|stanford\.edu)$/, path: /^\/\w+\/[\w*]+\/(https?:.+)$/ },
  { host: /^timetravel\.mementoweb\.org$/, path: /^\/memento\/\w+\/(https?:.+)$/ },
  { host: /^megalodon\.jp$/, path: /^\/[\d-]{10,20}\/(.+)$/ },
  { host: /^(?:12ft|1ft)\.io$|^r\.jina\.ai$/, path: /^\/(?:proxy\/)?(https?:.+)$/, parameter: ['q'] },
  { host: /^webcitation\.org$/, parameter: ['url'] },
]

/** The address of the page that an archive or a cache shows, as far as its own address tells; null for any other page. */
export function copiedAddress({ host, path, parameters }: Parts, wholePath: string): string | null {
  const video = host === 'ghostarchive.org' ? /^\/varchive\/(?:youtube\/\d+\/)?([\w-]{11})$/.exec(path)?.[1] : undefined
  if (video) return `https://youtube.com/watch?v=${video}`
  const translated = /^(.+)\.translate\.goog$/.exec(host)?.[1]
  if (translated)
    return `https://${translated.replace(/-{1,2}/g, (dashes) => (dashes === '-' ? '.' : '-'))}${wholePath}`
  for (const copy of COPIES) {
    if (!copy.host.test(host)) continue
    const inPath = copy.path?.exec(wholePath)?.slice(1).join('')
    const isThere = !copy.page || copy.page.test(path)
    const values = isThere ? (copy.parameter ?? []).map((name) => parameters.get(name)) : []
    const inParameter = values.find((value) => value && looksLikeAddress(value))
    for (const found of [inPath, inParameter]) {
      const address = found && addressFrom(found)
      if (address) return address
    }
  }
  return null
}

/** Whether a host gives pages it keeps short names, which do not tell the page's own address. */
export function isArchive(host: string): boolean {
  return /^(?:archive\.(?:today|org)|ghostarchive\.org|perma\.cc|webcitation\.org|web\.archive\.org)$/.test(host)
}

/** The archives' twins by the name of the first. */
export function sameHost(host: string): string {
  return /^archive\.(?:ph|is|li|md|vn|fo|ec)$/.test(host) ? 'archive.today' : host
}

function looksLikeAddress(value: string): boolean {
  return /^(?:cache:)?(?:[\w-]{12}:)?(?:https?:|[\w.-]+\.[a-z]{2,}\/)/i.test(value)
}

/** An address as it stands inside another: with one slash too few, without its scheme, percent-encoded whole, or after `cache:` and an id. */
function addressFrom(found: string): string | null {
  let text = found.replace(/^cache:(?:[\w-]{12}:)?/i, '')
  if (/^https?%3a/i.test(text)) text = decoded(text)
  if (/^s\/[^/]+\./.test(text)) text = text.slice(2)
  text = text.replace(/^(https?)(?::\/*|\/+)/i, '$1://')
  const address = /^https?:/i.test(text) ? text : `https://${text}`
  if (!URL.canParse(address)) return null
  return new URL(address).hostname.includes('.') ? address : null
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

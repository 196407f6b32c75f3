import { TidyURL } from 'tidy-url'

// Parameters that say by which way a reader came, of what the package's list lacks: what newsrooms' own counting services and papers add.
// In lower case. Sources: the papers' own feeds and share links; the manuals of AT Internet, Piano, comScore, Adobe, Webtrends, Eloqua, Yandex.
const TRACKING = new Set(
  `fbclid gclid gclsrc dclid gbraid wbraid gad gad_source gad_campaignid srsltid msclkid yclid ysclid ymclid twclid ttclid li_fat_id igshid igsh
  sccid rdt_cid epik irclickid awc zanpid mc_cid mc_eid mkt_tok _ga _gl _hsenc _hsmi __hssc __hstc __hsfp hsctatracking ref_src ref_url vero_id
  vero_conv oly_anon_id oly_enc_id s_cid s_kwcid s_campaign cmp cmpid cmp_id cmpid2 regi_id usqp smid smtyp smprod
  smvar emc unlocked_article_code giftcopy sharetype accesstoken gift_id sharetoken share_token gift ocid icid intcid int_cid intcmp intcampaign
  icmp ito ftag ftcamp segmentid reflink leadsource tpcc taid feedtype feedname rpc virtualbrandchannel sref srnd in_source traffic_source
  edition-redirected-from itid wpisrc wpmk pwapi_token wprov maca wtmc wt_mc wtrid wt_zmc sara_ref sara_ecid sara_icid xing_share xtor xtref
  xtcr xtatc dicbo oborigurl guccounter guce_referrer guce_referrer_sig soc_src soc_trk tsrc _openstat openstat frommail rb_clickid efid wfr spm scm
  nr_email_referer ns_mail_uid ns_mail_job spmailingid spuserid spjobid spreportid sp_mid __twitter_impression twsrc tw_source referringsource
  referrer referer referral trk trkcampaign _branch_match_id _branch_referrer _bta_tid _ke _kx wickedid mkevt mkcid mkrid
  ml_subscriber ml_subscriber_hash ss_source ss_campaign_id ss_campaign_name ss_email_id bxid cndid esrc mbid ncid hootpostid fb_ref
  fb_source fb_action_ids fb_action_types fb_comment_id action_object_map action_type_map action_ref_map mibextid paipv rdid refsrc _rdr
  acquisitiondata refpvid abgroup assettype pgtype socialshare shareadraft dmcid dgcid cvid echobox 
  nocache cachebuster _ phpsessid jsessionid aspsessionid`
    .split(/\s+/)
    .filter(Boolean),
)

/** Beginnings of such names: each belongs to one counting service. */
const TRACKING_BEGINS =
  /^(?:utm_|itm_|at_|ns_|pk_|piwik_|mtm_|matomo_|hsa_|wt\.|cm_mmc|cm_ven|cm_cat|elq|ga_|trk_|oly_|int_(?:source|medium|campaign|content|term|cmp)|amp_|__cft__|__tn__|__xts__|_x_tr_|sailthru)/

/** Ways of showing a page that leave it the same page: for telephones, for printing. */
const YES = new Set(['', '1', 'true', 'yes', 'y'])
const SHOWING = new Map([
  ['amp', new Set([...YES, '0', 'false'])],
  ['print', YES],
  ['printable', YES],
  ['mobile', YES],
  ['output', new Set(['amp'])],
  ['outputtype', new Set(['amp', 'print'])],
  ['view', new Set(['amp', 'print', 'mobile'])],
])

/** Parameters that commonly say which document is read, so that two addresses in which they differ are never thought to be one. */
const CONTENT = new Set(
  `id v p page article articleid article_id aid art nid newsid news_id news story storyid story_id story_fbid fbid post postid post_id doc docid doc_id
  document item itemid item_id entry tid pid topic thread comment video videoid video_id clip view file path date year month day q query search s
  lang language locale hl w z title name n no number num record case set section issue ep episode start end offset list`
    .split(/\s+/)
    .filter(Boolean),
)

export type Role = 'tracking' | 'content' | 'unknown'

/** A judge of the parameters of one host's addresses: whether a name says how a reader came, which document is meant, or neither that is known. */
export function parameterRoles(host: string): (name: string, value: string) => Role {
  const ofHost = new Set(rulesFor(host))
  return (name, value) => {
    const lower = name.toLowerCase()
    if (TRACKING.has(lower) || TRACKING_BEGINS.test(lower) || ofHost.has(name)) return 'tracking'
    if (SHOWING.get(lower)?.has(value.toLowerCase())) return 'tracking'
    return CONTENT.has(lower) ? 'content' : 'unknown'
  }
}

// Only its table of names is used. Its function also follows links, takes “amp/” off any path and answers the address as it was where an
// exception applies, which is right for a browser and not for a key.
const RULES = TidyURL.rules.filter((rule) => rule.rules?.length && !rule.match_href)

/** The names that the package's rules have for a host, with and without its www. */
function rulesFor(host: string): string[] {
  return RULES.filter(({ match }) => [host, `www.${host}`].some((one) => one.search(match) !== -1)).flatMap(
    ({ rules }) => rules,
  )
}

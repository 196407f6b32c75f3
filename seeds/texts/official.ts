/** What authorities put out, retold for the demonstration from what was publicly reported. */

export const ADDRESS = `Address of the President of Kazakhstan to the people, 7 January 2022
(extract; working translation)

Fellow citizens,

The counter-terrorist operation continues. Law enforcement is working hard. Constitutional order has basically been restored in all regions. Local authorities have the situation under control.

Terrorists still damage property and use weapons against citizens. I have given law enforcement and the army the order to open fire to kill, without warning.

In Almaty we had to deal with armed and trained bandits, local and foreign. Twenty thousand bandits attacked Almaty.

Internet access is being restored in single regions, for set hours of the day. This does not mean that everything may be written freely there.

The contingent of the Collective Security Treaty Organisation has come for a short time, to guard important places and to support us.
`

export const BULLETIN = `Министерство внутренних дел Республики Казахстан
Сводка на 7 января 2022 года

В городе Алматы продолжается зачистка улиц. Ликвидированы 26 вооружённых преступников, более трёх тысяч задержаны. Все административные здания взяты под охрану.

При наведении порядка погибли 18 сотрудников правоохранительных органов и военнослужащих.

На дорогах выставлены 70 блокпостов. Просим жителей не выходить из дома без необходимости.
`

export const COMMANDANT = `Evening programme, Thursday 6 January 2022 (summary of what was said)

The office of the commandant of Almaty says that thirteen members of the security forces have been killed, and that more than three hundred and fifty are hurt. The streets around Republic Square are closed. Nobody should go near the windows.
`

export const FIRST_BULLETIN = `Ministry of Internal Affairs of the Republic of Kazakhstan
Situation on the evening of 5 January 2022 (translation)

The ministry reports that eight policemen and guardsmen were killed on duty in the regions, and that 317 were hurt. Buildings of the administration were attacked in several cities.
`

export const SUNDAY_BULLETIN = `Ministry of Internal Affairs of the Republic of Kazakhstan
Situation on 9 January 2022 (translation)

For the whole country the ministry puts the dead among police and guardsmen at sixteen, and the hurt at more than 1,300. The situation is stable in all regions.
`

export const AUGUST_LIST = `Office of the Prosecutor General
16 August 2022 (summary)

The Office of the Prosecutor General has published the names of 238 people who died in January. Nineteen of them served in the police or the armed forces. The list was made longer as wounded people died and further cases were assigned to the events.
`

export const GAS_NOTICE = `Government commission on the situation in Mangystau region
Notice, 4 January 2022

After the gatherings of 2 and 3 January in Zhanaozen and Aktau, where people protested against the new price of liquefied petroleum gas, the commission has agreed with the owners of filling stations on a price of 50 tenge a litre.

The price holds in Mangystau region. For other regions no decision has been taken.
`

export const CHANNEL_POST = `State television on its messaging channel, 9 January 2022, 11.40

According to the Health Ministry, 164 people have been killed during the unrest in the whole country, 103 of them in Almaty. Two of the dead are children.
`

export const NOTICE_OF_ERROR = `Ministry of Information and Social Development
To the editors, 10 January 2022

A figure of 164 dead that was published on a messaging channel on Sunday has not been confirmed by any state body. It appeared there owing to a technical error.

State television has withdrawn the post and asks other media not to repeat it. The number of victims will be made known by the investigating authorities.
`

export const PROSECUTOR = `Office of the Prosecutor General
Briefing on the investigations, 15 January 2022 (summary)

During the state of emergency the bodies of 225 people were brought to the morgues of the country. Nineteen of them belonged to the police and the armed forces. Some of the others had taken part in attacks; others were bystanders.

Most died in Almaty. Dead were also registered in Shymkent, Kyzylorda, Taraz and in four other regions.
`

export const MINSK = `Ministry of Defence of the Republic of Belarus
7 January 2022

A company of the 103rd Airborne Brigade, about a hundred soldiers, left for Kazakhstan yesterday as part of the collective peacekeeping force. It will guard military and state property.
`

export const ALLIANCE = `Collective Security Treaty Organisation, secretariat
Answers to the press, 6 January 2022

The secretary general told the press that the collective force is to number about 2,500 soldiers, and that it can be made larger if need be. It is the first time that such a force has been sent. It will stay for days or weeks.
`

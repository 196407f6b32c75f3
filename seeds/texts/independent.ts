/** What agencies, correspondents, observers and passers-by put out; written for the demonstration. */

export const AGENCY = `MOSCOW, 7 January. /TASS/. Nine Il-76 transports of the Russian Aerospace Forces have landed at Almaty, the Defence Ministry told TASS on Friday.

They brought units of the airborne troops with their vehicles, the ministry said. According to it, the airport of Almaty is fully under control again, held together with Kazakhstan’s own forces.

More aircraft are on their way from the Ivanovo and Chkalovsky airfields.
`

export const MOVEMENTS = `Zhetysu Spotters: movements seen at Almaty (ALA), large military transports
local time; type; direction; seen by

06.01.2022 21:14; Il-76; landing; two members, from Guldala
06.01.2022 21:52; Il-76; landing; two members, from Guldala
06.01.2022 22:31; Il-76; landing; two members, from Guldala
06.01.2022 23:40; Il-76; landing; one member, from Otegen Batyr
07.01.2022 00:26; Il-76; landing; one member, from Otegen Batyr
07.01.2022 01:15; Il-76; landing; one member, from Otegen Batyr
07.01.2022 06:58; Il-76; landing; three members, from Guldala
07.01.2022 07:33; Il-76; landing; three members, from Guldala
07.01.2022 08:05; Il-76; landing; three members, from Guldala
07.01.2022 09:20; Il-76; take-off; three members, from Guldala

Total: nine landings of Il-76, one take-off. Registrations were read on five of the nine.
`

export const VIDEO = `Film of 4 min 12 s, taken on a telephone from the car park in front of the old terminal, Almaty airport, 7 January 2022, between 11.20 and 11.30 by the shadow of the tower
Description for the desk

00.05 Windows of the terminal are broken, the doors stand open. No crowd is to be seen.
00.40 Soldiers with Kazakh shoulder flags check a bus. One tells the person filming to go home.
01.55 Four Il-76 stand on the apron, ramps down; tracked vehicles with white recognition marks roll off.
03.10 Kazakh police at the barrier of the access road. The cargo area and the far side of the field are out of sight.
`

export const CONNECTIVITY = `Northlight Internet Observatory: connectivity of Kazakhstan, share of the usual level
day; lowest hour; highest hour

2022-01-03; 96 %; 101 %
2022-01-04; 58 %; 99 %
2022-01-05; 2 %; 84 %
2022-01-06; 2 %; 6 %
2022-01-07; 3 %; 11 %
2022-01-08; 4 %; 35 %

The fall on 5 January began at 16.30 Almaty time and took in fixed lines and mobile networks alike.
`

export const CORRESPONDENTS = `Radio Free Europe/Radio Liberty, Kazakh Service
7 January 2022, evening

Our correspondents went round Almaty, Aktobe and Shymkent this afternoon. Officials appear to have a modicum of control: there are patrols at the crossroads and hardly any gatherings.

In Almaty it is not quiet. Our correspondent heard single shots and bursts near Republic Square until about nine in the evening, and saw two cars burning on Nazarbayev Avenue.

In Zhanaozen, where the protest against the price of gas began on 2 January, several hundred people are still on the square, peacefully.
`

export const ALMATY_MAYOR = `Office of the mayor of Almaty
Friday 7 January 2022, 19.00

All districts of the city are under the control of the authorities. Bread is delivered to 92 shops. There were no clashes today.
`

export const AIRPORT_POST = `@almaty_live_2022 on 7 January 2022 at 18.02:
The airport is STILL ours!!! the people hold the terminal, no plane has come in since wednesday. pass it on
`

export const GAS_POST = `@steppe_news_daily on 6 January 2022 at 09.15:
Protest over, they got what they wanted: gas costs 50 tenge again in the whole of Kazakhstan. So what are they still doing in the streets?
`

export const NAMES_LIST = `January List: people killed in the unrest of January 2022, collected from families, hospitals and cemeteries
as of 31 January 2022

Names entered: 227. Seen by a volunteer on a death certificate or a grave: 227.
By place of death: Almaty 146; Kyzylorda 21; Shymkent 20; Taraz 11; Taldykorgan 9; Aktobe 8; other places 12.
Of these, 19 served in the police or the armed forces.
Two of them died in hospital after 15 January.
Entries that rest on an announcement alone are kept apart and not counted.
`

export const DOCTOR = `Conversation on 8 January 2022, by telephone, 20 minutes. Notes, read back and agreed.

Works in a hospital of the city. Not for attribution; no name, ward or shift to be noted anywhere.

“In the night to Thursday we took in more than thirty people with bullet wounds. Seven were dead when they came.” Does not know what other hospitals saw. Does not know who fired.
`

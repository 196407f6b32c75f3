/** The newspaper report that most claims come from, written for the demonstration. */
export const DISPATCH = `Kazakh president says order is returning as allied troops land in Almaty

By Nora Lindqvist
The Meridian Courier, 7 January 2022

Soldiers and police held the main avenues of Almaty on Friday, five days after a protest over the price of gas grew into the gravest unrest that independent Kazakhstan has known.

In a televised speech on Friday morning President Kassym-Jomart Tokayev contended that order had been “basically” restored in every region, while a “counter-terrorist operation” would go on. “I have given law enforcement and the army an order to open fire to kill, without warning,” he said. Almaty alone, the president claimed, had been attacked by 20,000 “bandits”.

The Interior Ministry said on Friday that in Almaty at least 26 protesters were “liquidated” and 18 members of the security forces lost their lives. On Thursday the city’s commandant had spoken of 13 dead in uniform. No outside observer has been able to check any of these counts. More deaths are likely to come to light in provincial towns, where shooting went on through much of the week.

The unrest began on 2 January in the oil town of Zhanaozen, in the west, with a protest against a steep rise in the price of the liquefied gas on which many cars there run. Within two days crowds in Almaty and a dozen other cities asked for far more: governors whom they elect themselves, and an end to the influence of Nursultan Nazarbayev, who gave up the presidency in 2019 but kept much of his power.

Internet and mobile data were mostly shut off across the country from Wednesday, so that little of what happened at night in Almaty could be seen from outside. Banks stayed closed, and queues formed at the few bakeries that still sold bread for cash.

Help from abroad arrived quickly. Russia’s Defence Ministry told the TASS agency that nine Il-76 transports had landed at Almaty with paratroopers and their vehicles. The airport, which a crowd stormed on Wednesday evening, was back in the government’s hands, the ministry added.

The soldiers belong to the first force that the Collective Security Treaty Organisation, a Moscow-led alliance of six former Soviet states, has ever sent to help a member. Russian officials put its strength at about 2,500. Belarusian troops are reportedly in the country as well, and three other members have promised soldiers.

Analysts say the crisis hands Moscow new leverage over a neighbour that has long kept a balance between Russia, China and the West. It may also be unwelcome to a Kremlin that is busy with its talks with Washington about Ukraine.

Correspondents of Radio Free Europe/Radio Liberty who went round three cities on Friday afternoon said that officials appeared to have “a modicum of” control: patrols at the crossroads, shutters down, few people about. In Almaty they still heard single shots after dark.

On the square in front of the burnt city hall, a woman who gave only her first name, Aigerim, swept glass from the steps of a pharmacy. “We want to know who is dead,” she said. “Nobody tells us.”
`

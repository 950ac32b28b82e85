/** Genres that a sentence may name, as families: the first of a line is the parent of the others. Names of genres are facts; the list is our own. */
const FAMILIES: readonly string[] = [
  'pop: dance pop, electropop, synthpop, indie pop, dream pop, power pop, teen pop, art pop, bedroom pop, chamber pop, sophisti-pop, britpop, europop, hyperpop, k-pop, j-pop, c-pop, mandopop, cantopop, city pop, latin pop, italian pop, french pop, spanish pop, german pop, turkish pop, arab pop, swedish pop, dutch pop, polish pop, brazilian pop, bubblegum pop, baroque pop, jangle pop, noise pop, pop rock, pop punk, boy band, girl group, schlager, kayokyoku, eurobeat, adult contemporary, soft rock, yacht rock, yeye, folk pop, pop rap, opm, t-pop',
  'rock: classic rock, hard rock, soft rock, indie rock, alternative rock, alternative, garage rock, psychedelic rock, progressive rock, prog rock, punk rock, folk rock, blues rock, glam rock, art rock, post-rock, math rock, noise rock, space rock, stoner rock, southern rock, surf rock, surf, rock and roll, rockabilly, grunge, shoegaze, britpop, krautrock, heartland rock, arena rock, yacht rock, country rock, roots rock, gothic rock, post-punk, new wave, industrial rock, j-rock, k-rock, rock en espanol, french rock, italian rock, german rock, turkish rock, anatolian rock, polish rock, brazilian rock, visual kei, emo, indie, pop rock, pub rock, jam band, slowcore, sadcore, desert rock, dad rock, rap rock, funk rock, nu metal, neue deutsche welle, merseybeat, college rock',
  'metal: heavy metal, death metal, black metal, thrash metal, doom metal, power metal, progressive metal, nu metal, metalcore, deathcore, grindcore, speed metal, folk metal, viking metal, symphonic metal, gothic metal, industrial metal, sludge metal, stoner metal, glam metal, hair metal, groove metal, alternative metal, djent, melodic death metal, post-metal, rap metal, pagan metal, drone metal',
  'punk: punk rock, hardcore, hardcore punk, pop punk, post-punk, ska punk, skate punk, folk punk, emo, screamo, post-hardcore, riot grrrl, anarcho-punk, oi, street punk, melodic hardcore, psychobilly, cowpunk, garage punk, proto-punk, crust punk',
  'electronic: house, techno, trance, electro, edm, idm, downtempo, trip hop, drum and bass, jungle, dubstep, breakbeat, big beat, synthwave, vaporwave, chillwave, electropop, synthpop, ambient, glitch, electroclash, future bass, garage, uk garage, hardstyle, gabber, hardcore techno, eurodance, hi-nrg, new beat, electro swing, lo-fi, witch house, minimal, chillstep, folktronica, dance, bass music, wonky, footwork, retrowave, darkwave, ebm, industrial, complextro, french touch, nu disco, psytrance, goa trance, bass house, phonk, chiptune, electronic body music, indietronica, livetronica, moombahton, tropical house, chillout, electronic rock, space music, broken beat, 2-step, grime, italo disco',
  'house: deep house, tech house, progressive house, acid house, tropical house, chicago house, electro house, french house, big room, future house, afro house, amapiano, garage house, bass house, soulful house, melodic house, latin house, funky house, organic house, lo-fi house, microhouse, italo house, ghetto house',
  'techno: minimal techno, detroit techno, acid techno, dub techno, hard techno, melodic techno, industrial techno, ambient techno, schranz',
  'trance: psytrance, progressive trance, goa trance, uplifting trance, vocal trance, hard trance, tech trance',
  'ambient: dark ambient, drone, new age, space music, ambient techno, sleep, meditation, healing, nature sounds, white noise',
  'dance: dance pop, eurodance, house, disco, edm, eurobeat, hands up, dance music, italo dance, vocal house',
  'disco: nu disco, italo disco, euro disco, space disco, post-disco, hi-nrg, boogie, disco funk',
  'hip hop: rap, trap, drill, grime, boom bap, gangsta rap, conscious hip hop, alternative hip hop, jazz rap, cloud rap, crunk, g-funk, trip hop, lo-fi, french hip hop, german hip hop, italian hip hop, spanish hip hop, turkish hip hop, dutch hip hop, polish hip hop, brazilian hip hop, latin hip hop, k-rap, emo rap, pop rap, mumble rap, east coast hip hop, west coast hip hop, southern hip hop, dirty south, uk drill, chicago drill, hyphy, horrorcore, underground hip hop, old school hip hop, turntablism, christian hip hop, phonk, rage rap, plugg, memphis rap, instrumental hip hop, hardcore hip hop, uk hip hop',
  'r&b: contemporary r&b, neo soul, new jack swing, quiet storm, alternative r&b, soul, motown, rhythm and blues, urban contemporary, pbr&b',
  'soul: neo soul, northern soul, southern soul, motown, philly soul, funk, blue-eyed soul, psychedelic soul, deep soul, soul blues, gospel, soul jazz, classic soul, deep funk',
  'funk: p-funk, funk rock, jazz funk, funk carioca, electro-funk, afro-funk, deep funk, go-go, synth funk, boogie, minneapolis sound',
  'jazz: bebop, hard bop, swing, big band, cool jazz, free jazz, jazz fusion, smooth jazz, latin jazz, acid jazz, gypsy jazz, vocal jazz, modal jazz, soul jazz, nu jazz, jazz rap, dixieland, ragtime, bossa nova, spiritual jazz, avant-garde jazz, contemporary jazz, jazz funk, jazz piano, jazz guitar, ethio-jazz, lounge, crooner, post-bop, stride, afro-cuban jazz, chamber jazz, jazz blues, third stream, dark jazz, new orleans jazz, west coast jazz, straight-ahead jazz, electro swing, fusion',
  'blues: delta blues, chicago blues, electric blues, blues rock, country blues, acoustic blues, jump blues, boogie-woogie, texas blues, soul blues, piano blues, british blues, memphis blues, hill country blues',
  'country: alt-country, americana, bluegrass, honky tonk, outlaw country, country pop, country rock, western swing, nashville sound, bro-country, country blues, red dirt, cowboy, texas country, progressive bluegrass, country road, contemporary country, classic country, western',
  "folk: indie folk, folk rock, singer-songwriter, contemporary folk, celtic, irish folk, traditional, anti-folk, freak folk, psychedelic folk, klezmer, fado, polka, sea shanties, shanty, turkish folk, nordic folk, neofolk, americana, bluegrass, folk pop, chamber folk, acoustic, volksmusik, cantautor, cantautori, chanson, sung poetry, nueva cancion, balkan, english folk, scottish folk, american folk, folk punk, folktronica, stomp and holler, medieval, neapolitan, tarantella, liscio, min'yo, russian folk",
  'classical: baroque, romantic era, opera, chamber music, symphony, orchestral, choral, piano, minimalism, contemporary classical, neoclassical, modern classical, string quartet, renaissance, early music, impressionism, waltz, concerto, sonata, classical piano, violin, cello, requiem, lied, medieval, sacred, ballet, lullaby, post-minimalism, gregorian chant, classical guitar, serialism, operetta, classical crossover, orchestra',
  'latin: salsa, bachata, merengue, cumbia, reggaeton, bossa nova, samba, tango, bolero, mariachi, ranchera, latin pop, latin jazz, latin rock, son cubano, rumba, mambo, cha cha cha, flamenco, corrido, norteno, vallenato, banda, tejano, latin trap, dembow, mpb, forro, sertanejo, pagode, axe, choro, nueva cancion, trova, bomba, plena, guaracha, latin hip hop, latin alternative, salsa romantica, timba, boogaloo, cubaton, grupera, huapango, regional mexican, duranguense, urbano latino, candombe, zouk, lambada, champeta, musica mexicana',
  'reggae: dub, dancehall, ska, rocksteady, roots reggae, lovers rock, ragga, reggae fusion, soca, calypso, steelpan, reggae rock, ska punk, two tone, nu roots',
  'african: afrobeat, afrobeats, highlife, amapiano, soukous, mbalax, kizomba, gqom, afropop, desert blues, juju, kwaito, afro house, ethio-jazz, gnawa, rai, fuji, bongo flava, kuduro, mbaqanga, township jive, azonto, afroswing, semba, coupe decale, taarab, chimurenga, naija',
  'world: balkan, celtic, klezmer, flamenco, fado, gamelan, rai, qawwali, bollywood, indian classical, raga, arabic, arabesk, enka, chanson, polka, tuvan throat singing, african, middle eastern, persian, bhangra, filmi, ghazal, gypsy, hawaiian, andean, zydeco, cajun, afrobeat, turkish classical, sufi, mizrahi, levenslied, didgeridoo, traditional chinese, rebetiko, laiko, variete francaise, musette, kurdish, carnatic, hindustani, mongolian, sevdalinka',
  'soundtrack: film score, video game music, anime, show tunes, musical, disney, theme songs, score, original score, movie tunes',
  'gospel: worship, contemporary christian, spirituals, southern gospel, christian rock, christian, ccm, praise, black gospel',
  'lounge: easy listening, exotica, chillout, cocktail music, space age pop, crooner, elevator music, library music',
  'experimental: noise, avant-garde, drone, musique concrete, sound art, free improvisation, electroacoustic, field recordings',
  'children: lullaby, nursery rhymes, kids music, disney, comptines, children music',
  'ballad: power ballad, bolero, torch song, slow jam',
  'other: brass band, march, comedy, spoken word, christmas, holiday, vocaloid, a cappella, barbershop, sound effects, disco polo, carnaval, hymns, novelty, ozgun',
];

/** The parents of each genre; a genre may have several. */
const PARENTS = new Map<string, readonly string[]>();
for (const family of FAMILIES) {
  const [parent = '', children = ''] = family.split(':');
  if (parent !== 'other' && !PARENTS.has(parent)) PARENTS.set(parent, []);
  for (const child of children.split(',').map((name) => name.trim())) {
    const known = PARENTS.get(child) ?? [];
    if (child !== parent && parent !== 'other') PARENTS.set(child, [...new Set([...known, parent])]);
    else if (!PARENTS.has(child)) PARENTS.set(child, known);
  }
}

/** Every genre that a sentence may name in English. */
export const GENRE_NAMES: readonly string[] = [...PARENTS.keys()];

/** Genres that are one genre under two names. */
const SAME: readonly (readonly string[])[] = [
  ['hip hop', 'rap'],
  ['r&b', 'rhythm and blues', 'contemporary r&b'],
  ['edm', 'electronic dance music'],
];

/** The same genre under all its names, the given one first. */
export function sameGenres(genre: string): readonly string[] {
  const names = SAME.find((one) => one.includes(genre)) ?? [];
  return [genre, ...names.filter((name) => name !== genre)];
}

/** The genres above a genre, nearest first, without itself. */
export function genresAbove(genre: string): readonly string[] {
  const above = new Set<string>();
  const queue = [...sameGenres(genre)];
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    for (const parent of PARENTS.get(next) ?? []) {
      if (above.has(parent) || parent === genre) continue;
      above.add(parent);
      queue.push(parent);
    }
  }
  return [...above];
}

/** The genres below a genre, with itself. */
export function genresBelow(genre: string): readonly string[] {
  const names = sameGenres(genre);
  return [...new Set([...names, ...GENRE_NAMES.filter((name) => genresAbove(name).some((parent) => names.includes(parent)))])];
}

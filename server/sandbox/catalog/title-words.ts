import type { Language } from './genres.ts';

/**
 * A language's title parts: a head, a head with a tail, or a complete phrase. Any head and tail agree grammatically, so inflected languages use whole
 * noun phrases. Written for Segue.
 */
export interface TitleWords {
  readonly heads: readonly string[];
  readonly tails: readonly string[];
  readonly phrases: readonly string[];
}

const list = (words: string): readonly string[] => words.split('|').map((word) => word.trim());

const TITLES: Readonly<Record<Language, TitleWords>> = {
  en: {
    heads: list(
      'Paper Moon|Low Tide|Copper Wire|Slow Train|Second Avenue|Blue Hour|Glass House|Wild Honey|Northbound|Long Weekend|Cold Coffee|Silver Lining|Open Window|Salt|Velvet Rope|Borrowed Time|Quiet Money|Small Hours|Tall Grass|White Noise|Half Light|Last Bus|Old Letters|Red Clay|Harbour Lights|Passing Cars|Good Thunder|Street Sweeper|Lantern|Matchbook|Carousel|Undertow|Magnolia|Telephone|Satellite|Riverbed|Evergreen|Interstate|Postcard|Sleepwalker|Afterglow|Static|Driftwood|Cinder|Ferris Wheel|Greenhouse|Honest Work|Room 214|Parallel|Ceiling Fan|Sunday Best|Vacancy|Cathedral|Tangerine|Wintergreen|Neon|Kerosene|Overpass|Marigold|Photograph',
    ),
    tails: list(
      'for Two|in the Rain|on Fire|at Midnight|of Mine|by the Sea|Again|Blues|in Reverse|for June|Between Us|over Memphis|in Stereo|Before Morning|(Stay)|and Smoke|under Glass|Tonight|of Saint Paul|, Baby|for Nobody|Revisited|in the Valley|Machine|Song|Line|After Dark|Like a River|on Hold|in November|from Here|without You|Parade|Season|down the Hall|Serenade|, Pt. 2|Interlude|of Glass|Country',
    ),
    phrases: list(
      "Don't Wake the Neighbors|I Was Never There|Tell It to the River|You Said September|Meet Me Where the Road Ends|Nobody's Listening Anyway|Everything We Left Outside|Call Me When You're Sober|What the Water Knew|Come On, Come Over|We Used to Be Electric|If I Had a Boat|Keep the Porch Light On|She Drives at Night|Learning How to Leave|All My Friends Are Sleeping|How Soon You Forget|Wait for the Signal|Let Me Down Easy, Love|Nothing Happens Here|One More for the Road Crew|Half the World Away from You|The Year It Didn't Snow|Hold the Line a Little Longer|Somebody Else's Sunday|Two Steps from the Ocean|I Can Hear You Smiling|Everybody Wants a Garden|Ask Me in the Morning|When the Power Goes|Run Like Water|Ain't Got the Time|Get Up, Get Out|Give It Back|Say It Like You Mean It|Stay Where I Can See You|My Brother's Car|No Vacancy in Heaven|The Dog Days Are Mine|A Place Called Later",
    ),
  },
  es: {
    heads: list(
      'La Marea|El Faro|Calle Luna|La Última Carta|El Patio|Cenizas|La Esquina|El Tren|Luz|Mi Guitarra|La Ventana|El Jardín|Noches|La Sombra|El Viento|Domingo|La Despedida|Canela|El Retrato|Espejismo|La Fiesta|El Regreso|Azúcar|La Lluvia|Candela|El Reloj|Verano|Madrugada|La Niña|El Camino|Tierra|Corazón',
    ),
    tails: list(
      'de Abril|del Sur|sin Ti|de Madrugada|en la Piel|de Papel|para Dos|del Puerto|de Noche|que se Va|de Sal|en Silencio|de mi Barrio|y Café|de Enero|con Olor a Mar|de la Costa|otra Vez',
    ),
    phrases: list(
      'No Me Llames Mañana|Dile Que No Estoy|Así Se Baila|Ya No Te Espero|Cuando Vuelvas|Que Llueva|Te Lo Dije Cantando|Quédate un Rato|Nadie Sabe|Ni Tú Ni Nadie|Vámonos Lejos|Me Sabe a Poco|Donde Duerme el Sol|Se Me Olvidó Tu Nombre|Prende la Radio|Lo Que Quedó|Hasta Que Salga el Sol|Baila Conmigo, Dolores|Tres Días en Veracruz|Con Permiso|Si Tú Supieras',
    ),
  },
  pt: {
    heads: list(
      'Maresia|A Varanda|O Bonde|Saudade|Samba|A Rede|Chuva|O Sobrado|Manhã|Ladeira|A Promessa|Violão|O Quintal|Passarinho|Lua|Festa|A Moça|O Cais|Tempo|Brisa|Avenida|Cantiga|Janela|Quarta-feira|Estrela|Canoa',
    ),
    tails: list(
      'de Verão|do Mar|sem Fim|da Bahia|de Maria|em Santa Teresa|do Meu Avô|de Outono|pra Dois|de Domingo|da Lapa|em Silêncio|que Vem|de Sal|do Interior|na Contramão',
    ),
    phrases: list(
      'Deixa Chover|Quem Me Dera|Não Demora|Vem Ver o Dia|Onde Mora a Alegria|Eu Volto Já|Tudo Que Eu Queria|Devagarinho|Pode Entrar|Se Você Ficasse|Amanhã Eu Canto|Cadê Você, Iara|Bom Dia, Tristeza Boa|Até o Sol Raiar|Nem Te Conto|Meu Bem, Meu Mar',
    ),
  },
  fr: {
    heads: list(
      "L'Hiver|La Terrasse|Les Quais|Minuit|Le Manège|Un Été|La Valse|Le Dernier Métro|Les Amants|Une Lettre|Le Silence|La Rue|Le Vent|Les Heures|Dimanche|La Mer|Nos Vacances|Le Carnet|La Nuit|Les Oiseaux|Un Café|Le Phare|La Robe|L'Averse|Le Bal",
    ),
    tails: list(
      "de Montreuil|sans Toi|d'Octobre|à Lisbonne|des Absents|de l'Aube|en Hiver|de Papier|du Port|à Deux|de Minuit|des Lilas|sous la Pluie|de Novembre|en Couleurs|du Dimanche",
    ),
    phrases: list(
      "Je Reviens Demain|Tu Dors Encore|Ça Ne Fait Rien|On Verra Bien|Reste un Peu|Dis-moi Tout Bas|Ne Raccroche Pas|Il Pleut sur Nantes|Où Vont les Trains|Si Tu Passes par Ici|Comme au Cinéma|À Quoi Tu Rêves|C'est Déjà Loin|Pas ce Soir|Encore une Fois, Margot|J'ai Perdu le Nord",
    ),
  },
  de: {
    heads: list(
      'Nachtzug|Das Fenster|Autobahn|Regen|Der letzte Sommer|Stille|Hinterhof|Die Brücke|Winterlicht|Fernweh|Leuchtturm|Kaltes Licht|Das Echo|Wellen|Staub|Zwischenzeit|Die Uhr|Morgenrot|Strom|Schatten|Glas|Landstraße|Funkloch|Kreis|Signal',
    ),
    tails: list(
      'nach Süden|im November|aus Papier|über Berlin|ohne Dich|am Meer|in Moll|der Stadt|bei Nacht|von gestern|im Kopf|für Anna|unter Wasser|Nr. 4|im Regen|aus Licht',
    ),
    phrases: list(
      'Wir bleiben wach|Alles auf Anfang|Komm, wir gehen|Nichts als Himmel|Sag mir, wann|Wo die Züge schlafen|Ich hör dich kaum|Morgen vielleicht|Geh nicht ans Telefon|Bis es hell wird|Keiner fragt|Halt die Zeit an|So weit das Auge reicht|Weißt du noch, Lotte',
    ),
  },
  it: {
    heads: list(
      'Il Mare|La Stazione|Un Giorno|Le Rondini|Notte|La Spiaggia|Il Cortile|Settembre|La Luna|Una Lettera|Il Vento|Domenica|Le Finestre|Il Treno|Estate|La Pioggia|Il Giardino|Cartolina|La Strada|Il Ballo|Ombre|La Radio',
    ),
    tails: list(
      "di Settembre|senza Te|d'Inverno|sul Mare|di Carta|a Trieste|per Due|di Periferia|che Passa|in Bianco e Nero|di Notte|del Sud|alle Sei|di Vetro|sotto la Pioggia",
    ),
    phrases: list(
      "Non È Tardi|Dimmi Dove Sei|Torno Domani|Se Piove Resto|Ti Scrivo da Qui|Com'era Bello|Balla Ancora, Ornella|Aspettami al Porto|Cosa Rimane|Amore a Metà|Senza Fare Rumore|Quando Finisce l'Estate|Vieni con Me a Genova|Lascia la Luce Accesa",
    ),
  },
  sv: {
    heads: list(
      'Vinterljus|Havet|En sång|Sommarregn|Skogen|Tåget|Hemåt|Norrsken|Granarna|Vals|Stilla|Ån|Första snön|Midsommar|Fjället|Visan|Gryning|Bron|Aska|Fyren|Skymning|Stenar|Åskan|Kärr',
    ),
    tails: list(
      'från Dalarna|i november|om natten|till Elsa|utan ord|över sjön|vid havet|från norr|i moll|för två|under isen|i gryningen|efter regnet|och dimma',
    ),
    phrases: list(
      'Vi ses i maj|Säg ingenting|Där vägen tar slut|Allt är vitt nu|Kom hem igen|Ingen annan väg|Så länge det brinner|Jag minns dig ännu|Ljuset kommer sen|Vem väntar på vem|Gå inte än|När isen går',
    ),
  },
  ja: {
    heads: list(
      '真夜中のドライブ|雨の街|青い窓|夏の終わり|海岸通り|夜明け|最終電車|花火|さよなら|風の手紙|銀色の月|東京|水曜日|星屑|午後の電話|Harbor Light|Midnight|Summer Breeze|Kaze|Umi|Hanabi|Tasogare|Yoake|Komorebi|Telephone|Silk Road',
    ),
    tails: list('Boogie|~Reprise~|(Single Mix)|, Again|Memory|No. 9|Lady|in Blue|Express|Weekend|Station|Love|Rendezvous|Dream|Season|Serenade'),
    phrases: list(
      '君を待っている|もう一度だけ|どこへ行くの|夢の続き|涙のあとで|ふたりの秘密|まだ眠れない|Stay With Me Until Five|週末はここで|電話しないで|きみの影|帰り道|Rainy Day Traveller|踊り明かそう|恋は水色の風|あの頃のまま',
    ),
  },
  yo: {
    heads: list(
      'Lagos Night|Ayọ|Sweet Mother Market|Highway|Ife|Palm Wine|Accra Road|Omo|Sunday Rice|Money|Ijo|Talking Drum|Body|Oluwa|Harmattan|Makossa|Olomi|Jeje|Yaba Junction|Water|Kumasi|Area|Suya|Owambe',
    ),
    tails: list('No Dey Sleep|Dance|for Mama|Special|(Gbedu)|in Ibadan|Palaver|Sweet Pass|, My Dear|Rhythm|No. 2|Come|Tonight|Party|Wahala|Express'),
    phrases: list(
      'Wetin Remain|Carry Go|No Be Today|Follow Me Go|Small Small|E Go Better|My People Dey Ask|Who Send You|Make We Dance|Everything Na Time|Enjoy Yourself, Brother|Ma Lọ|Na So E Be|Tell Them Say I Come|Trouble Sleep, Yanga No Wake|Yard People',
    ),
  },
  tr: {
    heads: list(
      'Gece Treni|Yağmur|Deniz|Bozkır|Eski Mektup|Sonbahar|Rüzgâr|Ay Işığı|Dağlar|Kervan|Gül|Yalnızlık|Sabah|Uzun Yol|Martılar|İstanbul|Ayna|Köprü|Toprak|Saz',
    ),
    tails: list('Gibi|Sokağında|Türküsü|Üstüne|Bana|Akşamı|ve Ben|Masalı|İçinde|Zamanı|Geçer|Havası'),
    phrases: list(
      'Gel Gör Beni|Bir Daha Sorma|Dönme Geri|Kim Bilir Nerdesin|Sen Giderken|Böyle Gelmiş|Unutma Dostum|Ne Desem Boş|Aman Yolcu|Yine mi Akşam|Beni Bekleme Leylâ|Dur Gitme',
    ),
  },
  hi: {
    heads: list(
      'Shaam|Chandni|Barsaat|Aaina|Khamoshi|Intezaar|Savera|Mausam|Yaadein|Dil|Safar|Raat|Nadiya|Khwaab|Dastaan|Deewangi|Parchhaiyan|Aawaaz',
    ),
    tails: list('ki Baat|Teri|aur Main|ke Baad|Purani|Phir|Adhoori|ka Geet|Meri|se Pehle|Suhani|Anjaani'),
    phrases: list(
      'Tum Na Aaye|Kal Phir Milenge|Kya Kahoon|Raat Bhar Chand|Bhool Na Jaana|Woh Din Kahan|Ab Kaun Sunega|Yun Hi Chalte Chalte Hum|Dil Ne Kuch Kaha|Hum Kahan Rukein|Thodi Der Aur|Na Poochho Mera Haal',
    ),
  },
};

/** The title parts of a language. */
export function titleWordsOf(tongue: Language): TitleWords {
  return TITLES[tongue];
}

import type { Language } from './genres.ts';

/** Given and family names by language. All invented; any match with a real person's name is coincidence. */
const NAMES: Readonly<Record<Language, readonly [given: string, family: string]>> = {
  en: [
    'Adele Agnes Alden Amos Audrey Bernice Blaine Calvin Cora Dallas Darnell Delia Dorothea Earl Edwin Elsie Ezra Fern Garland Greta Harlan Hattie Hollis Ida Imogen Irving Jolene June Kit Lena Lorna Lyle Mabel Marlon Mavis Merle Nadine Nell Odetta Orson Percy Pearl Quinn Ramona Rhoda Roscoe Rowan Ruby Silas Tamsin Thea Una Vernon Wallace Willa Winnie',
    'Abernathy Alcott Ashdown Barlow Bexley Blackwood Calloway Carmody Castell Colebrook Corbett Dunmore Easton Fairchild Farrow Garrick Goodwin Halloran Harkness Hollins Ingram Jessop Kincaid Langley Larkin Lockhart Marsh McCrae Merriweather Moxley Norwood Oakes Pemberton Pike Quill Radley Redfern Sayers Shaw Sinclair Stroud Tolliver Thackeray Underhill Vance Wakefield Weatherby Whitlock Winslow Yarrow',
  ],
  es: [
    'Abril Alma Amparo Aurelio Beatriz Camilo Carmela Celia Consuelo Damián Emiliano Esperanza Fermín Gael Graciela Ignacio Inés Jacinto Joaquín Lázaro Leonor Lola Lucía Marisol Mateo Maximino Nieves Octavio Paloma Pilar Rafael Ramiro Rosario Salvador Soledad Tomás Violeta Ximena',
    'Aguirre Alarcón Barragán Benítez Cabrera Cárdenas Castellanos del Río Escobar Figueroa Galindo Guzmán Ibarra Jurado Lozano Maldonado Mondragón Montoya Nájera Ochoa Olmedo Paredes Quintero Requena Robledo Salcedo Santamaría Tejada Urrutia Valdivia Villaseñor Zamora Zúñiga',
  ],
  pt: [
    'Aurora Benedita Bento Caetana Celeste Clarice Dalva Davi Edmundo Elis Flora Gilda Heitor Iara Jandira João Joana Lia Lourenço Luísa Marcelo Marília Moacir Nara Otávio Paulinho Raimundo Rosa Sebastião Tainá Tereza Vicente Zélia',
    'Abreu Alencar Amaral Barreto Bastos Cavalcanti Couto da Mata Drummond Falcão Figueira Guimarães Lacerda Leão Lemos Macedo Madeira Moraes Novais Pacheco Peixoto Queiroz Rangel Sampaio Serrano Tavares Valença Veloso Vieira Xavier',
  ],
  fr: [
    'Adrien Agathe Anaïs Aurélien Bastien Blanche Camille Céleste Clémence Colette Édith Élise Émile Étienne Fabien Gaspard Hélène Inès Jeanne Juliette Léonie Lucien Mahaut Marceau Mireille Noé Odile Océane Pascal Rosalie Solène Sylvain Théo Valentine Yves Zélie',
    'Aubert Beaumont Belcourt Bérenger Bonnefoy Carlier Chastain Clairvaux Dauphin Delacourt Delmas Desrosiers Duvivier Fontenelle Garnier Girardin Lachance Lambert Larivière Leclair Marchand Montclair Morel Pelletier Perrault Rousselle Sablier Thibault Vasseur Verlant',
  ],
  de: [
    'Albrecht Anneliese Anton Bruno Clara Dagmar Dieter Elke Emil Ernestine Falk Friederike Gisela Greta Hanno Heiner Helga Ilse Jonas Jutta Karla Klaus Lotte Ludwig Marlene Matthias Nele Oskar Paula Rainer Rosa Sabine Till Ulrike Veit Wiebke',
    'Achterberg Bauer Birkner Brandt Dornbusch Ehrlich Falkenstein Feldmann Grünwald Hartung Hollenbach Immermann Kästner Kirchhoff Lindner Mahler Morgenroth Neumann Oberländer Petersen Quandt Reuter Rosenthal Sommer Steinbach Tannhauser Uhland Voss Wagenknecht Winterfeld Zeller',
  ],
  it: [
    'Agnese Aldo Bianca Bruna Carlo Cesare Chiara Donata Elio Enza Fausto Fiorella Gianna Gino Ilaria Ivano Lidia Lucio Marina Mirella Nada Nino Ornella Pino Renata Rino Sandra Silvio Tullia Umberto Vasco Wanda',
    'Albani Bellini Bonacci Caprioli Castaldi Corsini De Santis Fabbri Ferrante Galvani Giordani Lombardo Malaspina Marchetti Martelli Moretti Navarra Orsini Pavesi Pellegrini Ravelli Rinaldi Salviati Serafini Tedesco Valente Venturi Vitale Zanetti',
  ],
  sv: [
    'Agneta Alva Anders Arvid Astrid Birger Ebba Einar Elin Elsa Frida Gösta Gunilla Hedda Håkan Ida Ingrid Jens Karin Lars Linnea Majken Märta Nils Olle Pernilla Ragnar Runa Sigrid Sixten Stina Svea Tove Ulrika Viggo Åsa',
    'Ahlberg Björklund Dahlin Ekström Falk Forsberg Granqvist Hallberg Hedlund Holm Lagerlöv Lindqvist Ljung Lundgren Malm Norrby Nyström Oskarsson Palmgren Rask Sandberg Sjöholm Skog Stenmark Strand Söderlund Thorsell Vinter Wahlgren Åkerman Öberg',
  ],
  ja: [
    'Akane Ayumi Chihiro Daisuke Emi Fumiko Haruka Haruo Hikari Hiroshi Junko Kaoru Kazumi Kei Kenji Kiyoshi Mariko Masako Michio Minako Naoki Natsuko Noriko Reiko Ryo Sachiko Shinji Taeko Takeshi Tomoko Yasuo Yoko Yuki Yutaka',
    'Aoyama Arai Fujimori Hamasaki Hayakawa Hoshino Igarashi Ishihara Kanzaki Kawase Kisaragi Kurosawa Matsuda Minami Mizuno Morikawa Nagai Nakahara Okabe Onuki Saionji Sakurai Shirai Sugawara Takanaka Tachibana Uehara Wakatsuki Yamashiro Yoshizawa',
  ],
  yo: [
    'Abiola Ade Adunni Ayo Bisi Bola Chidi Chinwe Dayo Ebele Efua Emeka Femi Folake Funmi Gbenga Ifeoma Kemi Kofi Kojo Kwame Lanre Ngozi Niyi Obi Ola Sade Segun Tayo Temi Tunde Uche Wale Yaw Yemi Zainab',
    'Abara Adeyemi Afolabi Agbaje Akande Amoah Antwi Asante Ayinde Balogun Boateng Danso Ekwueme Eze Fagbemi Ibironke Idowu Mensah Nwosu Obafemi Odukoya Ofori Okafor Okonjo Oladele Olatunji Onyeka Osei Owusu Sowande',
  ],
  tr: [
    'Ahmet Aslı Aylin Ayten Barış Berna Cem Deniz Ece Edip Elif Erkin Esin Feride Gönül Hakan Hümeyra İlhan Kamuran Leyla Mehmet Melike Nazan Nilüfer Orhan Ömer Selda Serdar Şenay Tarık Timur Tülay Yeliz Zerrin',
    'Akarsu Aksoy Altan Aydın Bozkurt Çelik Demirel Doğan Ersoy Gencer Güneş Kaplan Karaca Koray Özdemir Özer Sayan Sezen Şahin Tekin Toprak Türkoğlu Uçar Ulusoy Yalçın Yıldırım Yücel',
  ],
  hi: [
    'Abida Anil Anuradha Asha Begum Chitra Farida Geeta Ghulam Hari Iqbal Jagjit Kavita Lakshmi Meena Mehdi Mukul Nirmala Parveen Pankaj Rafiq Rekha Sajjad Sarita Shobha Talat Usha Vani Yusuf Zakia',
    'Ahluwalia Akhtar Banerjee Bhosle Chandra Desai Devi Ghoshal Hussain Joshi Kapoor Khanum Malik Mirza Mukherjee Nath Pandit Qureshi Rahman Rao Saigal Sharma Shirazi Siddiqui Thakur Varma',
  ],
};

/** Particles that belong to the following family name: `del Río` is one name. */
const PARTICLES = new Set(['del', 'da', 'De']);

const split = (words: string) =>
  words.split(' ').flatMap((word, i, all) => (PARTICLES.has(word) ? [] : PARTICLES.has(all[i - 1] ?? '') ? [`${all[i - 1]} ${word}`] : [word]));

const SPLIT = new Map(Object.entries(NAMES).map(([tongue, [given, family]]) => [tongue, { given: split(given), family: split(family) }]));

/** The name lists of a language. */
export function namesOf(tongue: Language): { readonly given: readonly string[]; readonly family: readonly string[] } {
  const names = SPLIT.get(tongue);
  if (!names) throw new TypeError(`No names for ${tongue}.`);
  return names;
}

import type { MoodLevel } from './mood-regions.ts';

/** Words for one level of energy and of valence. Every quality can stand before every image. */
export interface MoodWords {
  readonly energy: MoodLevel;
  readonly valence: MoodLevel;
  /** What music of this mood is like. */
  readonly qualities: readonly string[];
  /** Things and places that look as it sounds. */
  readonly images: readonly string[];
  /** The light of a picture in this mood. */
  readonly lights: readonly string[];
}

const listed = (text: string): readonly string[] => text.split(',').map((word) => word.trim());
const words = (energy: MoodLevel, valence: MoodLevel, [qualities, images, lights]: readonly [string, string, string]): MoodWords => ({
  energy,
  valence,
  qualities: listed(qualities),
  images: listed(images),
  lights: listed(lights),
});

/** Qualities, images and lights by energy and valence, three levels each. */
export const MOOD_WORDS: readonly MoodWords[] = [
  words('high', 'high', [
    'Bright, Golden, Loud, Sunlit, Giddy, Electric, Dazzling, Reckless, Sparkling, Radiant, Breathless, Unstoppable, Glittering, Wide-Open, Jubilant, Citrus, Vivid, Soaring',
    'Confetti, Fireworks, Roller Coasters, Streamers, Trampolines, Parades, Dance Floors, Sunbursts, Cannonballs, High Dives, Carousels, Block Parties, Open Windows, Summer Streets, Pinwheels, Sparklers, Cartwheels, Grandstands, Water Slides, Ticker Tape',
    'hard noon sun, flashes of colored light, a bright cloudless sky',
  ]),
  words('high', 'mid', [
    'Restless, Kinetic, Charged, Magnetic, Relentless, Headlong, Full-Tilt, Wired, Sprinting, High-Voltage, Bold, Rapid, Tireless, Accelerating, Chrome, Turbulent, Fearless, Blazing',
    'Express Lanes, Engines, Fast Trains, Night Traffic, Turnstiles, Headlights, Motorways, Escalators, Pistons, Fuse Boxes, Scaffolding, Runways, Overpasses, Power Lines, Boxing Gloves, Generators, Crosswalks, Switchboards, Race Tracks, Stadium Lights',
    'headlights streaking past, stadium floodlights, sharp cross light',
  ]),
  words('high', 'low', [
    'Furious, Jagged, Scorched, Volatile, Feral, Iron, Thunderous, Stormbound, Molten, Defiant, Serrated, Unquiet, Ruthless, Burning, Smoldering, Grinding, Blackened, Untamed',
    'Thunderheads, Sirens, Broken Glass, Furnaces, Barbed Wire, Blackouts, Landslides, Red Alerts, Storm Drains, Wrecking Balls, Fault Lines, Smokestacks, Riptides, Avalanches, Locked Gates, Foundries, Warning Lights, Cliff Edges, Demolitions, Pressure Valves',
    'lightning under a dark sky, red furnace glow, a single hard spotlight',
  ]),
  words('mid', 'high', [
    'Sunny, Easygoing, Breezy, Honeyed, Lighthearted, Freewheeling, Cheerful, Warm, Peachy, Buoyant, Neighborly, Playful, Carefree, Tangerine, Shirtsleeve, Rosy, Lucky, Generous',
    'Picnics, Ice Cream Trucks, Bicycles, Front Porches, Paper Kites, Lemon Trees, Garden Parties, Paddle Boats, Corner Stores, Orchards, Sunday Markets, Deck Chairs, Postcards, Farm Stands, Ferris Wheels, Tandem Rides, Bandstands, Boardwalks, Clotheslines, Beach Towels',
    'late morning sun, warm afternoon light, sun through leaves',
  ]),
  words('mid', 'mid', [
    'Everyday, Steady, Roaming, Open, Half-Lit, Curious, Unhurried, Passing, Amber, Wandering, Familiar, Ordinary, Sidelong, Rolling, Changing, Nearby, Loose, Crosstown',
    'Side Streets, Bus Routes, Rooftops, Corner Booths, Window Seats, Train Platforms, Newspapers, Stairwells, Crossroads, Sidewalks, Weather Maps, Street Lamps, Bookshops, Telephone Wires, Ferries, Coffee Cups, Back Roads, Suitcases, Vending Machines, Courtyards',
    'even daylight, the light of a shop window, a bright overcast sky',
  ]),
  words('mid', 'low', [
    'Brooding, Overcast, Shadowed, Uneasy, Hollow, Smoky, Dim, Haunted, Rust-Colored, Cloudy, Estranged, Bruised, Indigo, Sleepless, Wary, Veiled, Stray, Gray',
    'Empty Stations, Wet Pavement, Back Alleys, Night Buses, Payphones, Last Trains, Parking Lots, Motel Signs, Unsent Letters, Fire Escapes, Rearview Mirrors, Long Corridors, Harbor Fog, Drawn Curtains, Dead Ends, Long Shadows, Closed Cinemas, Border Towns, Rusted Gates, Burnt Matches',
    'a street lamp in fog, low light from the side, a cloudy evening',
  ]),
  words('low', 'high', [
    'Gentle, Mellow, Tender, Drowsy, Soft-Spoken, Contented, Dappled, Slow-Blooming, Kindly, Honest, Restful, Feathered, Pale Gold, Quiet, Balmy, Unwound, Homespun, Barefoot',
    'Hammocks, Breakfast Tables, Window Gardens, Wildflowers, Rowboats, Morning Light, Linen Sheets, Tea Leaves, Porch Swings, Meadows, Peach Trees, Beehives, Slow Rivers, Picket Fences, Warm Bread, Wind Chimes, Rose Gardens, Sandbars, Cloud Banks, Sleeping Cats',
    'soft morning light, sun through linen, the last warm light of the day',
  ]),
  words('low', 'mid', [
    'Still, Floating, Weightless, Patient, Hushed, Silver, Drifting, Unspoken, Muted, Glassy, Translucent, Faint, Paper, Moonlit, Suspended, Slow-Moving, Distant, Spare',
    'Tide Pools, Paper Lanterns, Snowfields, Reading Lamps, Greenhouses, Low Clouds, Lighthouses, Pebbles, Aquariums, Night Gardens, Reservoirs, Stone Bridges, Observatories, Constellations, Canals, Sand Dunes, Reed Beds, Moon Phases, Footprints, Harbor Lamps',
    'moonlight, thin winter light, the blue hour before sunrise',
  ]),
  words('low', 'low', [
    'Wistful, Fading, Lonely, Winter, Faraway, Forsaken, Weathered, Mournful, Frayed, Ashen, Sunken, Aching, Half-Remembered, November, Withered, Tearstained, Farewell, Unanswered',
    'Old Photographs, Fallen Leaves, Empty Chairs, Rain Gauges, Attic Boxes, Bare Branches, Ghost Ships, Frozen Lakes, Candle Ends, Departures, Pressed Flowers, Long Winters, Quiet Harbors, Unmade Beds, Drained Pools, Shipwrecks, Snowed-In Towns, Cold Hearths, Low Tides, Abandoned Piers',
    'fading light, one candle, gray light through rain',
  ]),
];

/** Red, green, blue from 0 to 1, linear light unless said otherwise. */
export type Rgb = readonly [red: number, green: number, blue: number];

/** xterm's own sixteen: the ones that most terminals take or brighten. */
const SIXTEEN: Readonly<Record<string, string>> = {
  black: '#000000',
  red: '#cd0000',
  green: '#00cd00',
  yellow: '#cdcd00',
  blue: '#0000ee',
  magenta: '#cd00cd',
  cyan: '#00cdcd',
  white: '#e5e5e5',
  brightBlack: '#7f7f7f',
  brightRed: '#ff0000',
  brightGreen: '#00ff00',
  brightYellow: '#ffff00',
  brightBlue: '#5c5cff',
  brightMagenta: '#ff00ff',
  brightCyan: '#00ffff',
  brightWhite: '#ffffff',
};

export function sixteen(name: string): string {
  const hex = SIXTEEN[name];
  if (hex === undefined) throw new RangeError(`no colour ${name}`);
  return hex;
}

/** The colour of xterm's 256 at 16 and above, as `#rrggbb`: a cube of six steps, then greys. */
export function paletteColour(index: number): string {
  if (index < 16) return Object.values(SIXTEEN)[index] ?? '#000000';
  const step = (level: number): number => (level === 0 ? 0 : 55 + 40 * level);
  const at = index - 16;
  const parts =
    index >= 232
      ? Array<number>(3).fill(8 + 10 * (index - 232))
      : [step(Math.floor(at / 36)), step(Math.floor(at / 6) % 6), step(at % 6)];
  return `#${parts.map(part => part.toString(16).padStart(2, '0')).join('')}`;
}

/** sRGB to linear light. Source: IEC 61966-2-1, as WCAG 2.2 uses it. */
export function linear(hex: string): Rgb {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map(at => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return [red, green, blue];
}

function luminance([red, green, blue]: Rgb): number {
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** 1 to 21. Source: WCAG 2.2, contrast ratio. */
export function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(linear(one)), luminance(linear(other))].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/** How the colour reaches an eye without the middle (deuteranopia) or the short (tritanopia) cones. Source: Machado et al. 2009, severity 1. */
const BLINDNESS: Readonly<Record<'deuteranopia' | 'protanopia' | 'tritanopia', readonly Rgb[]>> = {
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

export type Blindness = keyof typeof BLINDNESS;

export function seenBy(blindness: Blindness, colour: Rgb): Rgb {
  const [red, green, blue] = BLINDNESS[blindness].map(row => {
    const value = row[0] * colour[0] + row[1] * colour[1] + row[2] * colour[2];
    return Math.min(1, Math.max(0, value));
  }) as [number, number, number];
  return [red, green, blue];
}

/** CIE L*a*b* under D65. */
function lab([red, green, blue]: Rgb): Rgb {
  const x = (0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / 0.95047;
  const y = 0.2126729 * red + 0.7151522 * green + 0.072175 * blue;
  const z = (0.0193339 * red + 0.119192 * green + 0.9503041 * blue) / 1.08883;
  const [fx = 0, fy = 0, fz = 0] = [x, y, z].map(t => (t > 216 / 24389 ? Math.cbrt(t) : (t * 24389) / 3132 + 16 / 116));
  return [116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)];
}

/** How different two colours look: ΔE*ab; 2 is just seen, 20 is told apart at a glance. Source: CIE 1976. */
export function difference(one: Rgb, other: Rgb): number {
  const [l1, a1, b1] = lab(one);
  const [l2, a2, b2] = lab(other);
  return Math.hypot(l1 - l2, a1 - a2, b1 - b2);
}

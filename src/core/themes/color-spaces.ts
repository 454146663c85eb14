// From the colour spaces of CSS to sRGB and back, as CSS Color 4 defines them. Components are fractions of 1.

export type Triple = readonly [number, number, number]
type Matrix = readonly [Triple, Triple, Triple]

const times = ([a, b, c]: Matrix, v: Triple): Triple => [dot(a, v), dot(b, v), dot(c, v)]
const dot = (row: Triple, [x, y, z]: Triple) => row[0] * x + row[1] * y + row[2] * z
const each = ([a, b, c]: Triple, by: (value: number) => number): Triple => [by(a), by(b), by(c)]
/** Powers of what lies outside of a space's range, too. */
const signed = (by: (value: number) => number) => (value: number) => Math.sign(value) * by(Math.abs(value))

const xyzToLinear: Matrix = [
  [3.2409699419045226, -1.537383177570094, -0.4986107602930034],
  [-0.9692436362808796, 1.8759675015077202, 0.04155505740717559],
  [0.05563007969699366, -0.20397695888897652, 1.0569715142428786],
]
const d50ToD65: Matrix = [
  [0.9554734527042182, -0.023098536874261423, 0.0632593086610217],
  [-0.028369706963208136, 1.0099954580058226, 0.021041398966943008],
  [0.012314001688319899, -0.020507696433477912, 1.3303659366080753],
]
const p3ToXyz: Matrix = [
  [0.4865709486482162, 0.26566769316909306, 0.1982172852343625],
  [0.2289745640697488, 0.6917385218365064, 0.079286914093745],
  [0, 0.04511338185890264, 1.043944368900976],
]
const a98ToXyz: Matrix = [
  [0.5766690429101305, 0.1855582379065463, 0.1882286462349947],
  [0.29734497525053605, 0.6273635662554661, 0.07529145849399788],
  [0.02703136138641234, 0.07068885253582723, 0.9913375368376388],
]
const prophotoToXyz50: Matrix = [
  [0.7977604896723027, 0.13518583717574031, 0.0313493495815248],
  [0.2880711282292934, 0.7118432178101014, 0.00008565396060525902],
  [0, 0, 0.8251046025104602],
]
const rec2020ToXyz: Matrix = [
  [0.6369580483012914, 0.14461690358620832, 0.1688809751641721],
  [0.2627002120112671, 0.6779980715188708, 0.05930171646986196],
  [0, 0.028072693049087428, 1.060985057710791],
]

const decode = signed((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
const encode = signed((value) => (value <= 0.0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055))

export const toLinear = (rgb: Triple): Triple => each(rgb, decode)
const fromLinear = (rgb: Triple): Triple => each(rgb, encode)
const fromXyz = (xyz: Triple): Triple => fromLinear(times(xyzToLinear, xyz))
const fromXyz50 = (xyz: Triple): Triple => fromXyz(times(d50ToD65, xyz))

const rec2020Decode = signed((value) =>
  value < 0.08124285829863151 ? value / 4.5 : ((value + 0.09929682680944) / 1.09929682680944) ** (1 / 0.45),
)

/** The spaces that `color()` names. */
export const namedSpaces: Record<string, (color: Triple) => Triple> = {
  srgb: (color) => color,
  'srgb-linear': fromLinear,
  'display-p3': (color) => fromXyz(times(p3ToXyz, toLinear(color))),
  'a98-rgb': (color) =>
    fromXyz(
      times(
        a98ToXyz,
        each(
          color,
          signed((value) => value ** (563 / 256)),
        ),
      ),
    ),
  'prophoto-rgb': (color) =>
    fromXyz50(
      times(
        prophotoToXyz50,
        each(
          color,
          signed((value) => (value < 16 / 512 ? value / 16 : value ** 1.8)),
        ),
      ),
    ),
  rec2020: (color) => fromXyz(times(rec2020ToXyz, each(color, rec2020Decode))),
  xyz: fromXyz,
  'xyz-d65': fromXyz,
  'xyz-d50': fromXyz50,
}

/** Hue in degrees. */
export function fromHsl([hue, saturation, lightness]: Triple): Triple {
  const at = (n: number) => {
    const k = (((n + hue / 30) % 12) + 12) % 12
    return lightness - saturation * Math.min(lightness, 1 - lightness) * Math.max(-1, Math.min(k - 3, 9 - k, 1))
  }
  return [at(0), at(8), at(4)]
}

export function fromHwb([hue, white, black]: Triple): Triple {
  if (white + black >= 1) return each([1, 1, 1], () => white / (white + black))
  return each(fromHsl([hue, 1, 0.5]), (value) => value * (1 - white - black) + white)
}

/** Lightness from 0 to 100. */
export function fromLab([lightness, a, b]: Triple): Triple {
  const kappa = 24389 / 27
  const epsilon = 216 / 24389
  const y = (lightness + 16) / 116
  const cube = (f: number) => (f ** 3 > epsilon ? f ** 3 : (116 * f - 16) / kappa)
  const luminance = lightness > kappa * epsilon ? y ** 3 : lightness / kappa
  const white: Triple = [0.3457 / 0.3585, 1, (1 - 0.3457 - 0.3585) / 0.3585]
  return fromXyz50([cube(a / 500 + y) * white[0], luminance, cube(y - b / 200) * white[2]])
}

/** From lightness, chroma and a hue in degrees to lightness and two axes. */
export function fromPolar([lightness, chroma, hue]: Triple): Triple {
  const angle = (hue * Math.PI) / 180
  return [lightness, chroma * Math.cos(angle), chroma * Math.sin(angle)]
}

const labToLms: Matrix = [
  [1, 0.3963377773761749, 0.2158037573099136],
  [1, -0.1055613458156586, -0.0638541728258133],
  [1, -0.0894841775298119, -1.2914855480194092],
]
const lmsToLinear: Matrix = [
  [4.0767416360759583, -3.3077115392580629, 0.2309699031821043],
  [-1.2684379732850315, 2.6097573492876882, -0.341319376002657],
  [-0.0041960761386756, -0.7034186179359362, 1.7076146940746117],
]
const linearToLms: Matrix = [
  [0.4122214694707629, 0.5363325372617348, 0.0514459932675022],
  [0.2119034958178252, 0.6806995506452344, 0.1073969535369406],
  [0.0883024591900564, 0.2817188391361215, 0.6299787016738222],
]
const lmsToLab: Matrix = [
  [0.210454268309314, 0.7936177747023054, -0.0040720430116193],
  [1.9779985324311684, -2.4285922420485799, 0.450593709617411],
  [0.0259040424655478, 0.7827717124575296, -0.8086757549230774],
]

export const fromOklab = (lab: Triple): Triple =>
  fromLinear(
    times(
      lmsToLinear,
      each(times(labToLms, lab), (value) => value ** 3),
    ),
  )
export const toOklab = (rgb: Triple): Triple => times(lmsToLab, each(times(linearToLms, toLinear(rgb)), Math.cbrt))

// The colours a merchant may write. Only what this grammar reads reaches a stylesheet, so no value can leave its property.

const HEX = /^#?([0-9a-f]{3}|[0-9a-f]{4}|[0-9a-f]{6}|[0-9a-f]{8})$/
const NUMBER = '[+-]?(?:\\d{1,6}(?:\\.\\d{1,10})?|\\.\\d{1,10})(?:%|deg|grad|rad|turn)?'
const COMPONENT = `(?:${NUMBER}|none)`
const ALPHA = `(?:\\s*\\/\\s*${COMPONENT})?`
const COMMAS = new RegExp(`^(?:rgb|hsl)a?\\(\\s*${NUMBER}(?:\\s*,\\s*${NUMBER}){2,3}\\s*\\)$`)
const SPACES = new RegExp(
  `^(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch)\\(\\s*${COMPONENT}(?:\\s+${COMPONENT}){2}${ALPHA}\\s*\\)$`,
)
const SPACE_NAMES = 'srgb|srgb-linear|display-p3|a98-rgb|prophoto-rgb|rec2020|xyz|xyz-d50|xyz-d65'
const COLOR = new RegExp(`^color\\(\\s*(?:${SPACE_NAMES})(?:\\s+${COMPONENT}){3}${ALPHA}\\s*\\)$`)
const MAX_LENGTH = 100

const names = new Set(
  `aliceblue antiquewhite aqua aquamarine azure beige bisque black blanchedalmond blue blueviolet brown burlywood cadetblue
  chartreuse chocolate coral cornflowerblue cornsilk crimson cyan darkblue darkcyan darkgoldenrod darkgray darkgreen darkgrey
  darkkhaki darkmagenta darkolivegreen darkorange darkorchid darkred darksalmon darkseagreen darkslateblue darkslategray
  darkslategrey darkturquoise darkviolet deeppink deepskyblue dimgray dimgrey dodgerblue firebrick floralwhite forestgreen
  fuchsia gainsboro ghostwhite gold goldenrod gray green greenyellow grey honeydew hotpink indianred indigo ivory khaki
  lavender lavenderblush lawngreen lemonchiffon lightblue lightcoral lightcyan lightgoldenrodyellow lightgray lightgreen
  lightgrey lightpink lightsalmon lightseagreen lightskyblue lightslategray lightslategrey lightsteelblue lightyellow lime
  limegreen linen magenta maroon mediumaquamarine mediumblue mediumorchid mediumpurple mediumseagreen mediumslateblue
  mediumspringgreen mediumturquoise mediumvioletred midnightblue mintcream mistyrose moccasin navajowhite navy oldlace olive
  olivedrab orange orangered orchid palegoldenrod palegreen paleturquoise palevioletred papayawhip peachpuff peru pink plum
  powderblue purple rebeccapurple red rosybrown royalblue saddlebrown salmon sandybrown seagreen seashell sienna silver
  skyblue slateblue slategray slategrey snow springgreen steelblue tan teal thistle tomato transparent turquoise violet
  wheat white whitesmoke yellow yellowgreen`.split(/\s+/),
)

/** The colour as CSS, or undefined where the text is no colour: hex with or without `#`, a CSS colour function, a CSS name. */
export function parseColor(text: string): string | undefined {
  const color = text.trim().toLowerCase()
  if (color.length > MAX_LENGTH) return undefined
  if (names.has(color)) return color
  const digits = HEX.exec(color)?.[1]
  if (digits !== undefined) return `#${digits}`
  return [COMMAS, SPACES, COLOR].some((form) => form.test(color)) ? color : undefined
}

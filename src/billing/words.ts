/** A list written as text, each word a literal type. Example: 'SE NO' → ['SE', 'NO']. */
export function words<const Text extends string>(text: Text): WordsOf<Text>[] {
  return text.split(/\s+/) as WordsOf<Text>[]
}

type WordsOf<Text, Found = never> = Text extends `${infer Line}\n${infer Rest}`
  ? WordsOf<Rest, Found | WordsOfLine<Line>>
  : Found | WordsOfLine<Text>

type WordsOfLine<Line, Found = never> = Line extends `${infer Word} ${infer Rest}`
  ? WordsOfLine<Rest, Found | Word>
  : Found | Line

// What the compiler is asked of two types, ours and the published SDK's.

/** Ours could stand wherever theirs is expected. */
export type Fits<Ours extends Theirs, Theirs> = Ours

export type Same<A extends B, B extends Other, Other = A> = Other

/** Every field of theirs has to be there: we answer null where theirs may be missing. */
export type Whole<Ours extends Record<keyof Theirs, unknown>, Theirs> = Ours

/**
 * What the SDK may send we take, and no field of it, however deep, goes unread but the `Ignored` ones: a field that is not in our schema
 * would be dropped in silence.
 */
export type Heard<
  Theirs extends Ours & Complete<Exclude<Unread<Theirs, Ours>, Ignored>>,
  Ours,
  Ignored extends string = never,
> = Theirs

type Complete<Left extends string> = [Left] extends [never] ? unknown : { is_not_read: Left }

/** The paths of fields that are in theirs and not in ours: 'customization.theme'. */
type Unread<Theirs, Ours, Path extends string = ''> = Theirs extends readonly (infer One)[]
  ? UnreadWithin<One, Elements<Ours>, Path>
  : Theirs extends object
    ? { [Key in keyof Theirs & string]-?: UnreadAt<Theirs, Ours, Path, Key> }[keyof Theirs & string]
    : never

type UnreadAt<Theirs, Ours, Path extends string, Key extends keyof Theirs & string> = string extends Key
  ? never
  : Key extends KeysOfEach<Ours>
    ? UnreadWithin<NonNullable<Theirs[Key]>, At<Ours, Key>, `${Path}${Key}.`>
    : `${Path}${Key}`

/** What our schema takes as it comes is read by the verb. */
type UnreadWithin<Theirs, Ours, Path extends string> = unknown extends Ours
  ? never
  : Unread<Theirs, NonNullable<Ours>, Path>

type KeysOfEach<Union> = Union extends unknown ? keyof Union : never
type At<Union, Key> = Union extends unknown ? (Key extends keyof Union ? Union[Key] : never) : never
type Elements<Union> = Union extends readonly (infer One)[] ? One : never

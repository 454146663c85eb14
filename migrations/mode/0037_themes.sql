-- How the pages and mails of a business look: a preset, and what differs from it. Null and what is not named are the preset's.
create type theme_mode as enum ('light', 'dark', 'system');

create table business_themes (
  business_id text primary key references businesses,
  preset text not null check (preset ~ '^[a-z]{1,20}$'),
  mode theme_mode,
  radius text check (radius ~ '^[0-9]{1,2}([.][0-9]{1,3})?(px|rem|em)$'),
  font_primary text check (font_primary ~ '^[a-z]{1,20}$'),
  font_secondary text check (font_secondary ~ '^[a-z]{1,20}$'),
  font_size text check (font_size ~ '^[0-9a-z]{1,10}$'),
  font_weight text check (font_weight ~ '^[a-zA-Z]{1,20}$'),
  -- Token to colour. No value can be anything but a colour, whoever writes it.
  light jsonb not null default '{}' check (jsonb_typeof(light) = 'object'
    and not jsonb_path_exists(light, '$.* ? (@.type() != "string" || !(@ like_regex "^#([0-9a-f]{6}|[0-9a-f]{8})$"))')),
  dark jsonb not null default '{}' check (jsonb_typeof(dark) = 'object'
    and not jsonb_path_exists(dark, '$.* ? (@.type() != "string" || !(@ like_regex "^#([0-9a-f]{6}|[0-9a-f]{8})$"))')),
  logo text,
  -- Over dark backgrounds; null shows the other one there, too.
  logo_dark text,
  updated_at timestamptz not null,
  foreign key (business_id, logo) references business_images,
  foreign key (business_id, logo_dark) references business_images,
  check (logo_dark is null or logo is not null)
);

-- What a read was asked with, so that one key is not used for two intentions; null for what was recorded before.
alter table read add column asked text;

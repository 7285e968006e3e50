-- The delivery of an event that came first, as a trace names it (W3C traceparent): what is done for the event later, on
-- whichever replica, is told as a part of it.
alter table inbox add trace text;

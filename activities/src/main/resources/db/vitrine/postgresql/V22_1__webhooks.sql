-- How far each webhook has been told what changed: the last row of history that it has taken.
create table webhooks (
  endpoint      text        primary key,
  told          bigint      not null,
  attempts      integer     not null,
  failing_since timestamptz,
  error         text
);

-- What a webhook did not take, as it was to be sent: the history's row may go before.
create table dead_letters (
  endpoint  text        not null,
  event     bigint      not null,
  body      text        not null,
  error     text        not null,
  buried_at timestamptz not null,
  again     boolean     not null,
  primary key (endpoint, event)
);
create index dead_letters_to_send on dead_letters (endpoint, event) where again;

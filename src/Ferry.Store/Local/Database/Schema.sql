-- Schema 10 of stock Nix. Tables, columns, constraints and the trigger are what other programs on the same store rely on.
create table if not exists ValidPaths (
    id               integer primary key autoincrement not null,
    path             text unique not null,
    hash             text not null, -- KIND:BASE16 of the NAR
    registrationTime integer not null, -- Unix seconds
    deriver          text,
    narSize          integer, -- null when unknown
    ultimate         integer, -- 1 when built here, else null
    sigs             text, -- with a space between, null when none
    ca               text -- content address, null when input-addressed
);

create table if not exists Refs (
    referrer  integer not null,
    reference integer not null,
    primary key (referrer, reference),
    foreign key (referrer) references ValidPaths(id) on delete cascade,
    foreign key (reference) references ValidPaths(id) on delete restrict
);

create index if not exists IndexReferrer on Refs(referrer);
create index if not exists IndexReference on Refs(reference);

-- A path that refers to itself could never be deleted: its own row in Refs restricts that.
create trigger if not exists DeleteSelfRefs before delete on ValidPaths
  begin
    delete from Refs where referrer = old.id and reference = old.id;
  end;

create table if not exists DerivationOutputs (
    drv  integer not null,
    id   text not null, -- name of the output
    path text not null,
    primary key (drv, id),
    foreign key (drv) references ValidPaths(id) on delete cascade
);

create index if not exists IndexDerivationOutputs on DerivationOutputs(path);

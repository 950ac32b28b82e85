import type { ClientConfig } from 'pg';
import postgres from 'postgres';
import type { Sql } from 'postgres';
import { parseDatabaseUrl } from './address.ts';
import { connectLimitMs, serverOptionsFor } from './session-settings.ts';
import type { DatabaseRole } from './session-settings.ts';
import { tlsOptions } from './tls-options.ts';

interface ConnectionUse {
  readonly role: DatabaseRole;
  /** Shown in pg_stat_activity. */
  readonly name: string;
}

const STREAM_IDLE_S = 30;

/** The settings of node-postgres for an address. Every setting is explicit, so that no `PG…` variable or password file changes it. Throws DatabaseUrlError. */
export function pgConfig(url: string, { role, name }: ConnectionUse): ClientConfig {
  const address = parseDatabaseUrl(url);
  const { host, port, user, password, database, tls, keepAlive } = address;
  return {
    host,
    port,
    user,
    // An empty text would make the driver look for a password elsewhere.
    password: password ?? (() => ''),
    database,
    ssl: tlsOptions(tls, host),
    sslnegotiation: tls.isDirect ? 'direct' : 'postgres',
    application_name: name,
    options: serverOptionsFor(role, address.serverOptions),
    connectionTimeoutMillis: connectLimitMs(role, address.connectTimeoutMs),
    keepAlive: keepAlive.isOn,
    keepAliveInitialDelayMillis: keepAlive.idleMs,
  };
}

/** Opens postgres.js for streams at an address, with the same settings as pgConfig. Connects on first use. Throws DatabaseUrlError. */
export function openStream(url: string, { role, name, max }: ConnectionUse & { readonly max: number }): Sql {
  const address = parseDatabaseUrl(url);
  const { host, port, user, password, database, tls, keepAlive } = address;
  const isSocket = host.startsWith('/');
  // Its type declarations lack these forms. Lists, because it splits a text at colons, and an IPv6 address has them.
  const location: object = { host: [host], port: [port], sslnegotiation: tls.isDirect ? 'direct' : 'postgres' };
  return postgres({
    ...location,
    path: isSocket ? `${host}/.s.PGSQL.${port}` : undefined,
    user,
    pass: password ?? (() => ''),
    database,
    ssl: tlsOptions(tls, host),
    connection: { application_name: name, options: serverOptionsFor(role, address.serverOptions) },
    connect_timeout: connectLimitMs(role, address.connectTimeoutMs) / 1_000,
    keep_alive: keepAlive.isOn ? keepAlive.idleMs / 1_000 : null,
    idle_timeout: STREAM_IDLE_S,
    max,
    onnotice: () => {},
  });
}

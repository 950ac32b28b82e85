import { createLog } from '#server/runtime/log.ts';
import { expect, test } from 'vitest';

function captureLog(format: 'json' | 'lines', secrets: readonly string[] = []) {
  const lines: string[] = [];
  return { lines, log: createLog({ level: 'info', format, secrets, write: (line) => void lines.push(line) }) };
}

test.each(['json', 'lines'] as const)('no secret reaches a log as %s, whatever contains it', (format) => {
  const { lines, log } = captureLog(format, ['the-admin-key-itself']);
  log.info('signed in with the-admin-key-itself', {
    key: 'the-admin-key-itself',
    accessToken: 'BQCsecret1',
    nested: { refresh_token: 'AQDsecret2' },
  });
  log.error('refused', { error: new Error('GET /x?code=AQsecret3&state=s', { cause: new Error('Authorization: Bearer BQCsecret4') }) });
  log.warn('lost', { reason: 'postgres://segue:secret5secret5@db/segue', headers: { authorization: 'Basic secret6', cookie: 'session=secret7' } });
  expect(lines).toHaveLength(3);
  expect(lines.join('')).not.toMatch(/secret\d|the-admin-key-itself/);
  expect(lines.join('')).toContain('[hidden]');
});

test('a forged line break in a value stays inside its own JSON line', () => {
  const { lines, log } = captureLog('json');
  log.info('album named', { name: 'x\n{"level":"error","msg":"forged"}' });
  expect(lines).toHaveLength(1);
  expect(lines[0]?.trimEnd().split('\n')).toHaveLength(1);
});

test('an error is logged with its code and its stack, and a quiet level writes nothing', () => {
  const { lines, log } = captureLog('json');
  log.debug('not asked for');
  log.error('broken', { error: Object.assign(new Error('no route'), { code: 'ECONNREFUSED' }) });
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 'error', msg: 'broken', error: { message: 'no route', code: 'ECONNREFUSED' } });
});

import { describe, expect, it } from 'vitest';
import { manageAll, observeAll } from '../../src/domain/endpoint-service.ts';
import { progressOf, type AskedTarget } from '../../src/domain/reconciled.ts';

const service = { id: 'svc_1', modes: manageAll, frozenSince: null, quarantine: null };

const target = (kind: AskedTarget['kind'], changes: Partial<AskedTarget> = {}): AskedTarget => {
  return { kind, served: true, failures: 0, report: {}, ...changes };
};
const list = (report: object) => target('principals', { report: { ...report } });
const hindering = (...targets: AskedTarget[]) =>
  progressOf(service, targets).heldUpBy.map(({ by }) => by);

describe('while it goes on', () => {
  it('when a target was not served yet, there is nothing to tell', () => {
    const open = target('principals', { served: false });
    expect(progressOf(service, [open, list({ left: 3 })])).toMatchObject({
      state: 'running',
      message: null,
    });
  });

  it('when changes are left for the next runs, it says how many', () => {
    const connections = target('connections', { report: { left: 40 } });
    expect(progressOf(service, [list({ left: 2 }), connections])).toMatchObject({
      state: 'running',
      message: 'AWS takes no more at once: 42 changes are left for the next runs.',
    });
  });

  it('when one read did not show an entry of ours, another one is waited for', () => {
    const { state, message } = progressOf(service, [list({ plan: { absent: ['arn:1'] } })]);
    expect(state).toBe('running');
    expect(message).toMatch(/^Reading once more/);
  });

  it.each([
    ['was not served', { served: false }],
    ['has changes left', { report: { left: 1, error: 'Denied' } }],
  ])('when a target that %s keeps failing, it fails, and earlier it does not', (_, changes) => {
    const failing = (failures: number) =>
      progressOf(service, [
        target('principals', { report: { error: 'Denied' }, ...changes, failures }),
      ]);
    expect(failing(2).state).toBe('running');
    expect(failing(3)).toMatchObject({
      state: 'failed',
      errorCode: 'aws_call_failed',
    });
  });
});

describe('when it has ended', () => {
  it('when nothing is left, it says so', () => {
    const nothing = list({ left: 0, refused: [], plan: { contested: [], absent: [] } });
    expect(progressOf(service, [nothing, target('connections')])).toEqual({
      state: 'succeeded',
      message: 'Read from AWS and brought in line.',
      heldUpBy: [],
    });
  });

  it('when other hands removed entries, it names them, and the command for them', () => {
    const arns = ['arn:1', 'arn:2', 'arn:3', 'arn:4', 'arn:5'];
    const { state, message, heldUpBy } = progressOf(service, [list({ plan: { contested: arns } })]);
    expect(state).toBe('succeeded');
    expect(message).toContain('but for what is left: Other hands have removed arn:1, arn:2, arn:3');
    expect(message).toContain('and 2 more');
    expect(heldUpBy).toMatchObject([
      {
        by: 'contested_principal',
        command: 'sallyport principals list --endpoint-service-id svc_1 --state contested',
      },
    ]);
  });

  it('when AWS refuses entries or connections, it says which', () => {
    const refused = [{ arn: 'arn:1', code: 'InvalidPrincipal' }];
    const items = { refused: [{ vpcEndpointId: 'vpce-1', code: 'InvalidState' }] };
    const connections = target('connections', { report: items });
    expect(hindering(list({ refused }), connections)).toEqual([
      'refused_principal',
      'refused_connection',
    ]);
    expect(progressOf(service, [list({ refused })]).message).toContain('arn:1 (InvalidPrincipal)');
  });

  it.each([
    ['a problem', { problem: 'No hosted zone of ours holds it.' }, ['private_dns_blocked']],
    ['a foreign name', { reason: 'foreign_name' }, ['private_dns_blocked']],
    ['nothing', { step: 'none' }, []],
  ])('when the private DNS name meets %s, that is told', (_, report, expected) => {
    expect(hindering(target('private_dns', { report: { ...report } }))).toEqual(expected);
  });

  it('when the service is frozen, it says that nothing was changed, and how to go on', () => {
    const frozen = { ...service, frozenSince: new Date(0) };
    expect(progressOf(frozen, [])).toMatchObject({
      message: expect.stringContaining('nothing is changed'),
      heldUpBy: [{ by: 'frozen', command: 'sallyport services unfreeze svc_1' }],
    });
  });

  it('when aspects are only observed, it claims nothing for them', () => {
    const observing = { ...service, modes: observeAll };
    expect(progressOf(observing, []).message).toBe('Read from AWS; every aspect is only observed.');
    const some = { ...service, modes: { ...manageAll, privateDns: 'observe' as const } };
    expect(progressOf(some, []).message).toContain('Only observed: private DNS.');
  });
});

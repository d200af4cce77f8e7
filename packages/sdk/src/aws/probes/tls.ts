// A TLS handshake, and the certificate that the server shows. PrivateLink itself carries bytes:
// whether they are encrypted is up to both ends.
import type { TLSSocket } from 'node:tls';
import type { CertificateObservation, TlsObservation } from '../../generated/types.ts';

export interface TlsSighting {
  tls: TlsObservation;
  /** Undefined when none was shown. */
  certificate: CertificateObservation | undefined;
}

export interface TlsQuestion {
  address: string;
  port: number;
  /** What clients ask for (SNI), and what the certificate should be for. */
  serverName: string;
  timeoutMs: number;
}

export async function probeTls(question: TlsQuestion): Promise<TlsSighting> {
  const { address, port, serverName, timeoutMs } = question;
  const { connect } = await import('node:tls');
  const { isIP } = await import('node:net');
  return new Promise((resolve) => {
    // Nothing is sent, and a certificate that is wrong is what we are here to see.
    const socket = connect({
      host: address,
      port,
      // An address is no server name (RFC 6066).
      servername: isIP(serverName) === 0 ? serverName : '',
      ALPNProtocols: ['h2', 'http/1.1'],
      rejectUnauthorized: false,
    });
    const end = (sighting: TlsSighting) => {
      socket.destroy();
      resolve(sighting);
    };
    const fail = (outcome: string) =>
      end({
        tls: { server_name: serverName, outcome, version: null, alpn: null },
        certificate: undefined,
      });
    socket.setTimeout(timeoutMs, () => fail('timed_out'));
    socket.once('secureConnect', () => end(sightingOf(socket, serverName)));
    socket.once('error', ({ code }: NodeJS.ErrnoException) => fail(outcomeOf(code)));
  });
}

function sightingOf(socket: TLSSocket, serverName: string): TlsSighting {
  const certificate = socket.getPeerCertificate();
  const { authorizationError: error } = socket;
  return {
    tls: {
      server_name: serverName,
      outcome: 'negotiated',
      version: socket.getProtocol(),
      alpn: socket.alpnProtocol || null,
    },
    certificate: {
      names: namesOf(certificate),
      expires_at: expiryOf(certificate.valid_to),
      // A name that does not fit is seen in the names; here it is about who signed.
      trusted: socket.authorized || codeOf(error) === 'ERR_TLS_CERT_ALTNAME_INVALID',
    },
  };
}

function outcomeOf(code: string | undefined): string {
  if (code === 'ETIMEDOUT') return 'timed_out';
  const isRefusal = code === 'ECONNRESET' || code?.startsWith('ERR_SSL_') === true;
  return isRefusal ? 'refused' : 'failed';
}

/** Those of the extension; a certificate without it is for no name (RFC 6125). */
function namesOf({ subjectaltname: text }: { subjectaltname?: string | undefined }): string[] {
  const names = (text ?? '').split(', ').flatMap((entry) => {
    return /^(?:DNS|IP Address):"?([A-Za-z0-9*._:-]{1,253})"?$/.exec(entry)?.[1] ?? [];
  });
  return names.slice(0, MOST_NAMES);
}

/** As many as a report may have. */
const MOST_NAMES = 100;

function expiryOf(validTo: string | undefined): string | null {
  const date = new Date(validTo ?? '');
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

function codeOf(error: unknown): string | undefined {
  if (typeof error === 'string') return error;
  return (error as { code?: string } | null | undefined)?.code;
}

// Where the service is when nobody says so: on this machine.

export const DEFAULT_URL = 'http://127.0.0.1:8080';

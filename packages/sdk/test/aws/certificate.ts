// A certificate for tests on loopback, signed by itself, with its key. Nobody else trusts it.

/** For `api.vendor.example` and `localhost`. */
export const certificate = `-----BEGIN CERTIFICATE-----
MIIBuzCCAWGgAwIBAgIUVPcK/Obxu1MZvz+tP/MImNanYWswCgYIKoZIzj0EAwIw
HTEbMBkGA1UEAwwSYXBpLnZlbmRvci5leGFtcGxlMCAXDTI2MTEyMzIwNDk0OFoY
DzIxMjYxMDMwMjA0OTQ4WjAdMRswGQYDVQQDDBJhcGkudmVuZG9yLmV4YW1wbGUw
WTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAATxox2o/ltQGRazX+pszrgrmMo6F6HP
GsyjTAEhNPK5ORyambWQJbmqoXP0HngjCspL31lNlwZY48ni5/ROci9bo30wezAd
BgNVHQ4EFgQUxgYB1QsmX+2wmHvJYsl32slH/dMwHwYDVR0jBBgwFoAUxgYB1Qsm
X+2wmHvJYsl32slH/dMwDwYDVR0TAQH/BAUwAwEB/zAoBgNVHREEITAfghJhcGku
dmVuZG9yLmV4YW1wbGWCCWxvY2FsaG9zdDAKBggqhkjOPQQDAgNIADBFAiEA4Y+7
RiVXS/B2zv8aT82dMO1GR9VJBQCO4PjtaPPNsusCIG+NVdU2oz1vEDVLIYXGcHqE
4myw/Fj63pQLUh97Eh8O
-----END CERTIFICATE-----
`;

export const privateKey = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgFuZrS6N+mgp2Twtj
mXlp2j4NMle3gWk3wNDwkJC6ChyhRANCAATxox2o/ltQGRazX+pszrgrmMo6F6HP
GsyjTAEhNPK5ORyambWQJbmqoXP0HngjCspL31lNlwZY48ni5/ROci9b
-----END PRIVATE KEY-----
`;

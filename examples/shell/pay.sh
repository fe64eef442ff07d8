#!/bin/sh
# One signed `pay` of a Cashier Payment, with openssl and curl only. See README.md beside this file.
set -eu

for name in GATEWAY CLIENT_ID PRIVATE_KEY NETWORK_PUBLIC_KEY_FILE; do
  eval "value=\${$name:-}"
  [ -n "$value" ] || { echo "Set $name; README.md says where to find it." >&2; exit 2; }
done

uri=/aps/api/v1/payments/pay
id=${PAYMENT_REQUEST_ID:-REQ-$(openssl rand -hex 16)}
amount=${AMOUNT:-1000}
currency=${CURRENCY:-USD}
redirect=${PAYMENT_REDIRECT_URL:-https://shop.example/return}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# 1. The body. From here on its bytes do not change: printf adds no line feed, and curl sends the file as it is.
printf '{"paymentRequestId":"%s","paymentAmount":{"currency":"%s","value":"%s"},"paymentMethod":{"paymentMethodType":"CONNECT_WALLET"},"paymentFactor":{"isCashierPayment":true},"order":{"referenceOrderId":"ORD-%s","orderDescription":"Paper boat","orderAmount":{"currency":"%s","value":"%s"},"merchant":{"referenceMerchantId":"M-0001","merchantName":"Example shop"},"env":{"terminalType":"WEB"}},"paymentRedirectUrl":"%s"%s}' \
  "$id" "$currency" "$amount" "$id" "$currency" "$amount" "$redirect" \
  "${PAYMENT_NOTIFY_URL:+,\"paymentNotifyUrl\":\"$PAYMENT_NOTIFY_URL\"}" > "$work/body"

# 2. The bytes to sign: method, path, line feed, client id, time, body.
time=$(date -u +%Y-%m-%dT%H:%M:%SZ)
{ printf 'POST %s\n%s.%s.' "$uri" "$CLIENT_ID" "$time"; cat "$work/body"; } > "$work/signed"

# 3. Sign, base64 without line breaks, percent-encode.
signature=$(openssl dgst -sha256 -sign "$PRIVATE_KEY" "$work/signed" | openssl base64 -A | sed 's/+/%2B/g; s,/,%2F,g; s/=/%3D/g')

# TAMPER=1 shows what a change after signing does: one byte of the body becomes another.
if [ "${TAMPER:-0}" = 1 ]; then
  sed 's/Paper boat/Paper coat/' "$work/body" > "$work/changed"
  mv "$work/changed" "$work/body"
fi

# 4. Send. --data-binary keeps the bytes.
curl --silent --show-error --max-time 8 --dump-header "$work/headers" --output "$work/answer" \
  --header 'Content-Type: application/json; charset=UTF-8' \
  --header "Client-Id: $CLIENT_ID" \
  --header "Request-Time: $time" \
  --header "Signature: algorithm=RSA256,keyVersion=${KEY_VERSION:-1},signature=$signature" \
  --data-binary "@$work/body" "${GATEWAY%/}$uri"
cat "$work/answer"
echo

# 5. Verify the answer: the same shape, with the path of our request and the header values of the answer.
header() {
  tr -d '\r' < "$work/headers" | awk -v name="$1:" 'tolower(substr($0, 1, length(name))) == name { value = $0; sub(/^[^:]*: */, "", value); print value; exit }'
}
# The settings show the network's key as PEM, which openssl wants; the API gives it as bare base64.
if grep -q BEGIN "$NETWORK_PUBLIC_KEY_FILE"; then
  cp "$NETWORK_PUBLIC_KEY_FILE" "$work/network.pem"
else
  { echo '-----BEGIN PUBLIC KEY-----'; tr -d ' \r\n' < "$NETWORK_PUBLIC_KEY_FILE" | fold -w 64; echo; echo '-----END PUBLIC KEY-----'; } > "$work/network.pem"
fi
answer_signature=$(header signature)
if [ -z "$answer_signature" ]; then
  echo 'The answer is not signed: the gateway could not authenticate the call.' >&2
  exit 1
fi
printf '%s' "${answer_signature##*signature=}" | sed 's/%2[bB]/+/g; s,%2[fF],/,g; s/%3[dD]/=/g' | openssl base64 -d -A > "$work/answer.signature"
{ printf 'POST %s\n%s.%s.' "$uri" "$(header client-id)" "$(header response-time)"; cat "$work/answer"; } > "$work/answer.signed"
if openssl dgst -sha256 -verify "$work/network.pem" -signature "$work/answer.signature" "$work/answer.signed" > /dev/null 2>&1; then
  echo 'The signature of the answer verifies.' >&2
else
  echo 'The signature of the answer does NOT verify.' >&2
  exit 1
fi

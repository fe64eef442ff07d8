/** Hypotheses of the Signature Doctor in Simplified Chinese: id → what was done, where it comes from; and what to do. */
import type { HypothesisId } from '../diagnosis.ts'
import type { FixKind } from '../fixes.ts'

export const HYPOTHESES: Record<HypothesisId, readonly [title: string, what: string]> = {
  'body.newline_missing': ['签名时正文末尾没有换行。', '发送正文时加上了换行，或签名时去掉了换行。'],
  'body.newline_added': ['签名时正文末尾多了一个换行。', 'echo、文本编辑器或模板会加上一个并未发送的换行。'],
  'body.bom_missing': ['签名时正文没有字节顺序标记。', '某个 UTF-8 写入器在已签名的内容前加上了字节 EF BB BF。'],
  'body.bom_added': ['签名时正文前有字节顺序标记。', '文本读自文件，或由以 EF BB BF 开头的编码器生成。'],
  'body.crlf': ['签名时正文使用 Windows 换行（CRLF）。', '发送途中换行被改成了 LF。'],
  'body.lf': ['签名时正文使用 Unix 换行（LF）。', '发送途中换行被改成了 CRLF。'],
  'body.compact': ['签名的是没有空格的紧凑 JSON。', '对象被序列化了两次：一次用于签名，另一次以不同方式用于发送。'],
  'body.spaced': [
    '签名的正文在每个逗号和冒号后有一个空格。',
    'Python 的 json.dumps 在未给出 separators 时这样写；HTTP 库又重新生成了正文。',
  ],
  'body.pretty': ['签名的是排版过的 JSON。', '签名的是日志或编辑器里供人阅读的文本；发送的则排版不同。'],
  'body.slashes_escaped': [
    '签名的正文转义了斜杠（\\/）。',
    'PHP 的 json_encode 在未给出 JSON_UNESCAPED_SLASHES 时会转义斜杠。',
  ],
  'body.slashes_unescaped': [
    '签名的正文是普通斜杠，发送的却是转义的斜杠（\\/）。',
    'PHP 的 json_encode 在未给出 JSON_UNESCAPED_SLASHES 时会转义斜杠。',
  ],
  'body.unicode_escaped': [
    '签名的正文把 ASCII 以外的字符写成 \\uXXXX。',
    'Python 的 json.dumps 和 PHP 的 json_encode 默认会转义它们。',
  ],
  'body.unicode_unescaped': [
    '签名的正文是普通字符，发送的却是 \\uXXXX。',
    'HTTP 库重新生成了正文，并转义了 ASCII 以外或 HTML 保留的字符。',
  ],
  'body.as_php': [
    '签名的正文是 PHP 的 json_encode 的写法：紧凑，带 \\/ 和 \\uXXXX。',
    '为了发送，正文又由另一个编码器或以其他选项编码了一次。',
  ],
  'body.as_python': [
    '签名的正文是 Python 的 json.dumps 的写法：带空格和 \\uXXXX。',
    '把字典交给了 HTTP 库，由它重新生成了正文。',
  ],
  'body.as_go': [
    '签名的正文是 Go 的 encoding/json 的写法：紧凑，< > & 写成 \\u003c \\u003e \\u0026。',
    'json.Marshal 会为 HTML 转义；设置了 SetEscapeHTML(false) 的 Encoder 不会。',
  ],
  'body.as_gson': [
    "签名的正文是 Java 的 Gson 的写法：紧凑，< > & = ' 写成 \\u003c 等。",
    'Gson 会为 HTML 转义，除非调用 disableHtmlEscaping()。',
  ],
  'body.sorted': [
    '签名的正文把名称按字母顺序排列。',
    '使用了有序映射，或套用了其他接口要求排序的规则；此处签名的是按原样发送的字节。',
  ],
  'body.html_escaped': ['签名的正文含有 HTML 转义，例如 &quot;。', '文本经过了为 HTML 转义的模板或过滤器。'],
  'body.html_unescaped': [
    '签名的是普通正文，发送的却含有 HTML 转义，例如 &quot;。',
    '签名之后，模板或过滤器又转义了正文。',
  ],
  'body.quoted': ['签名的正文是带引号的一个 JSON 字符串。', '已经是 JSON 的文本又被序列化了一次。'],
  'body.percent_encoded': ['签名的正文经过百分号编码。', '只有签名需要百分号编码，正文不需要。'],
  'body.latin1': [
    '签名的正文使用的字符集不是 UTF-8。',
    '文本按系统的字符集变成字节：Latin-1、UTF-16，或用问号代替的 ASCII。',
  ],
  'body.empty': ['签名的字符串里没有正文。', '正文已被读走、尚未写入，或像 GET 那样被省略。'],
  'method.case': ['签名的方法与 POST 大小写不同。', '有些 HTTP 库把它写成 post。'],
  'method.other': ['签名的方法与发送的不同。', '签名代码里的方法是固定的，或缺少方法。'],
  'path.with_host': ['签名的路径带有主机名。', '签名的是完整地址；协议、主机和端口不属于待签名字符串。'],
  'path.without_prefix': ['签名的路径缺少开头部分。', '只签名了基础地址之后的部分；应从第一个斜杠起签名整个路径。'],
  'path.other_prefix': [
    '签名的路径使用了另一接口族的前缀。',
    '客户端库会为沙箱客户端把 /ams/api 改写为 /ams/sandbox/api；请签名实际发送的路径。',
  ],
  'path.slash': ['签名的路径多了或少了一个斜杠。', '待签名字符串与调用拼接基础地址和路径的方式不同。'],
  'path.written_otherwise': [
    '签名的路径大小写不同，或百分号编码不同。',
    '在签名与发送之间，路径被编码、解码或改成了小写。',
  ],
  'query.missing': ['签名的路径缺少查询部分。', '问号后面的内容属于待签名字符串。'],
  'query.written_otherwise': ['签名的查询部分顺序不同，或编码不同。', '在签名与发送之间，参数被排序、编码或解码。'],
  'client.other': ['签名的 Client ID 与请求头中的不同。', '待签名字符串使用了生产环境或另一个应用的 Client ID。'],
  'client.written_otherwise': [
    '签名的 Client ID 与发送的写法不同。',
    '写成了小写、少了 SANDBOX_、带有空格或换行，或根本没有。',
  ],
  'time.other_form': [
    '签名的是同一时刻，但格式与请求头不同。',
    '时间由两个格式化器各写了一次；重要的是文本，而不是时刻。',
  ],
  'time.read_twice': ['签名的时间与请求头中的略有不同。', '时钟读了两次：一次用于字符串，一次用于请求头。'],
  'time.of_another_header': ['签名的是另一个请求头里的时间。', '字符串使用了请求头 Date，或对方的时间。'],
  'time.written_otherwise': [
    '签名的时间经过百分号编码、带有引号，或根本没有。',
    '在签名与发送之间，时间的文本被改动，或变量为空。',
  ],
  'string.line_break': [
    '签名的字符串在路径后面不是换行符（LF）。',
    '在 PHP、Ruby 和 Shell 的单引号里，\\n 是反斜杠加字母 n；有些系统写入 CRLF。',
  ],
  'string.separators': [
    '签名的字符串使用了其他分隔符，或各部分顺序不同。',
    '方法后面一个空格，Client ID 和时间后面各一个句点：不多也不少。',
  ],
  'key.retired': ['调用使用了已停用的密钥签名。', '服务器仍在使用已被替换的版本的私钥。'],
  'key.waiting': [
    '调用使用了尚未被证明的新密钥签名。',
    '新密钥在沙箱设置中签名其文本之前不能验证任何调用；之前的密钥继续有效。',
  ],
  'key.later': [
    '调用使用了之后才设置的密钥签名。',
    '服务器在此处设置公钥之前就用了新的私钥；同样的调用现在可以通过验证。',
  ],
  'key.production': ['调用使用了生产环境的密钥签名。', '配置了另一个环境的私钥。'],
  'key.other_application': ['调用使用了您另一个应用的密钥签名。', 'Client ID 与私钥属于两个不同的应用。'],
  'key.center': ['这是网络自己的签名。', '把应答或通知的签名原样发了回来，而不是用您自己的签名。'],
  'algorithm.sha1': ['调用使用 SHA-1 签名。', 'SHA1withRSA，或某个工具的默认值：RSA256 要求 SHA-256。'],
  'algorithm.sha384': ['调用使用 SHA-384 签名。', 'RSA256 要求 SHA-256。'],
  'algorithm.sha512': ['调用使用 SHA-512 签名。', 'RSA256 要求 SHA-256。'],
  'algorithm.pss': ['调用使用 RSA-PSS 签名。', 'RSA256 要求 PKCS#1 v1.5；有些库默认使用 PSS。'],
  'algorithm.hash_in_hex': [
    '签名的是十六进制的散列值，而不是字符串。',
    '先对字符串做了散列，再把散列的文本交给了会再次散列的函数。',
  ],
  'algorithm.hashed_twice': ['字符串被散列了两次。', '把散列值交给了自己会散列的函数。'],
  'algorithm.bare_hash': [
    '签名的是裸散列值，没有算法名称。',
    '使用了不带 -pkeyopt digest:sha256 的 openssl pkeyutl，或用私钥加密的函数。',
  ],
  'encoding.plus_as_blank': [
    'base64 没有经过百分号编码，其中的 + 变成了空格。',
    '途中有程序像表单一样读取了请求头。百分号编码后 + 是 %2B，不会改变。',
  ],
  'encoding.twice': ['签名被百分号编码了两次。', 'HTTP 库又编码了已经编码的内容：%2B 变成 %252B。'],
  'encoding.url_safe': ['签名使用了 URL 安全的 base64。', '其中是 - 和 _，而 base64 应为 + 和 /。'],
  'encoding.hex': ['签名是十六进制的。', '签名的字节应写成 base64。'],
  'encoding.base64_twice': [
    '签名经过两次 base64 编码，或是十六进制文本的 base64。',
    '已经返回 base64 或十六进制的函数的结果又被编码了一次。',
  ],
  'encoding.line_breaks': ['签名的 base64 带有换行。', '不带 -A 的 openssl base64 和 MIME 编码器会换行。'],
  'encoding.quoted': ['签名带有引号。', '请求头 Signature 的各部分不加引号。'],
}

export const FIXES: Record<FixKind, string> = {
  body: '正文的字节只生成一次；对它签名，并原样发送这些字节。',
  method: '签名实际发送的方法，使用大写：POST。',
  uri: '签名实际发送的路径，从第一个斜杠开始，包含查询部分，不含协议和主机。',
  client: 'Client ID 取自同一个变量，既用于请求头，也用于字符串。',
  time: '时钟只读一次，只写成一次文本，并把这段文本用于请求头和字符串。',
  string: '严格按此拼接字符串：一个空格、一个换行符、两个句点。',
  key: '使用此应用、此环境的有效密钥的私钥签名。',
  algorithm: '用 RSA PKCS#1 v1.5 和 SHA-256 对字符串本身签名；不要先做散列。',
  encoding: '把签名编码为单行 base64，再做一次百分号编码。',
}

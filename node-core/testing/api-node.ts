import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RuntimeComponents } from '../runtime.ts';
import { startTestNode, type TestNode } from './start-test-node.ts';
import { writeTestCatalog } from './test-catalog.ts';
import { tinyGguf } from './tiny-gguf.ts';

/** Turns of `<|im_start|>role … <|im_end|>`, tools and calls in the form that many open models have learned. */
const chatTemplate = `{%- if tools %}{{- '<|im_start|>system\\n' }}{%- if messages[0].role == 'system' %}{{- messages[0].content + '\\n\\n' }}{%- endif %}{{- "# Tools\\n\\n<tools>" }}{%- for tool in tools %}{{- "\\n" }}{{- tool | tojson }}{%- endfor %}{{- "\\n</tools>\\n\\nFor each function call return a json object within <tool_call></tool_call> tags:\\n<tool_call>\\n{\\"name\\": <function-name>, \\"arguments\\": <args-json-object>}\\n</tool_call><|im_end|>\\n" }}{%- elif messages[0].role == 'system' %}{{- '<|im_start|>system\\n' + messages[0].content + '<|im_end|>\\n' }}{%- endif %}{%- for message in messages %}{%- if message.role == 'user' or (message.role == 'system' and not loop.first) %}{{- '<|im_start|>' + message.role + '\\n' + message.content + '<|im_end|>\\n' }}{%- elif message.role == 'assistant' %}{{- '<|im_start|>assistant\\n' + (message.content or '') }}{%- for tool_call in message.tool_calls or [] %}{%- if tool_call.function %}{%- set tool_call = tool_call.function %}{%- endif %}{{- '\\n<tool_call>\\n{"name": "' }}{{- tool_call.name }}{{- '", "arguments": ' }}{%- if tool_call.arguments is string %}{{- tool_call.arguments }}{%- else %}{{- tool_call.arguments | tojson }}{%- endif %}{{- '}\\n</tool_call>' }}{%- endfor %}{{- '<|im_end|>\\n' }}{%- elif message.role == 'tool' %}{{- '<|im_start|>user\\n<tool_response>\\n' + message.content + '\\n</tool_response><|im_end|>\\n' }}{%- endif %}{%- endfor %}{%- if add_generation_prompt %}{{- '<|im_start|>assistant\\n' }}{%- endif %}`;

/** A running node with a chat model and a model of embeddings: both real to llama.cpp, with random weights. */
export interface ApiNode extends TestNode {
  /** Up to and including `/v1`. */
  readonly api: string;
  readonly chatModel: string;
  readonly embeddingModel: string;
}

export const startApiNode = async (components: Partial<RuntimeComponents> = {}): Promise<ApiNode> => {
  const dir = mkdtempSync(join(tmpdir(), 'jan-catalog-'));
  const structure = ['<|im_start|>', '<|im_end|>', '<tool_call>', '</tool_call>'];
  const catalogPath = writeTestCatalog(dir, { contextLength: 2_048, chatTemplate, structure });
  const path = join(dir, 'tiny-embedding.gguf');
  writeFileSync(path, tinyGguf({ pooling: 1 }));
  const node = await startTestNode({ components: { ...components, catalogPath } });
  const { id } = await node.client.models.addFile({ path });
  return {
    ...node,
    api: `${node.url}/v1`,
    chatModel: 'jan-builtin',
    embeddingModel: id,
    async stop() {
      await node.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
};

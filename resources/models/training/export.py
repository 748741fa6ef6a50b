"""Writes the GGUF of a checkpoint, or with --vocab-only one with random weights that only serves to tokenise.

    /usr/bin/python3 export.py CHECKPOINT TOKENIZER.json OUT.gguf [--type q8_0|f16]
    /usr/bin/python3 export.py --vocab-only TOKENIZER.json OUT.gguf
"""
import argparse
import json
import torch
import gguf
import model

parser = argparse.ArgumentParser()
parser.add_argument("paths", nargs="+")
parser.add_argument("--vocab-only", action="store_true")
parser.add_argument("--type", default="q8_0", choices=["q8_0", "f16"])
args = parser.parse_args()

if args.vocab_only:
    tokenizer_path, out = args.paths
    config = dict(model.CONFIG, dim=32, layers=1, heads=1, ffn=32)
else:
    checkpoint_path, tokenizer_path, out = args.paths
    checkpoint = torch.load(checkpoint_path, map_location="cpu")
    config = checkpoint["config"]

tokenizer = json.load(open(tokenizer_path, encoding="utf-8"))
config["vocab"] = len(tokenizer["tokens"])
weights = model.new_weights(config, 1) if args.vocab_only else checkpoint["weights"]

head = config["dim"] // config["heads"]
metadata = [
    ("general.architecture", gguf.STRING, "llama"),
    ("general.name", gguf.STRING, "Jan built-in v1"),
    ("general.license", gguf.STRING, "not yet fixed"),
    ("general.description", gguf.STRING, "Plans goals and finds decisions and action items in meetings; trained from scratch on generated English text"),
    ("general.file_type", gguf.UINT32, 7 if args.type == "q8_0" else 1),
    ("general.quantization_version", gguf.UINT32, 2),
    ("llama.context_length", gguf.UINT32, config["context"]),
    ("llama.embedding_length", gguf.UINT32, config["dim"]),
    ("llama.block_count", gguf.UINT32, config["layers"]),
    ("llama.feed_forward_length", gguf.UINT32, config["ffn"]),
    ("llama.attention.head_count", gguf.UINT32, config["heads"]),
    ("llama.attention.head_count_kv", gguf.UINT32, config["heads"]),
    ("llama.attention.layer_norm_rms_epsilon", gguf.FLOAT32, config["eps"]),
    ("llama.rope.dimension_count", gguf.UINT32, head),
    ("llama.rope.freq_base", gguf.FLOAT32, config["rope"]),
    ("llama.vocab_size", gguf.UINT32, config["vocab"]),
    ("tokenizer.ggml.model", gguf.STRING, "llama"),
    ("tokenizer.ggml.pre", gguf.STRING, "default"),
    ("tokenizer.ggml.tokens", (gguf.ARRAY, gguf.STRING), [t["text"] for t in tokenizer["tokens"]]),
    ("tokenizer.ggml.scores", (gguf.ARRAY, gguf.FLOAT32), [t["score"] for t in tokenizer["tokens"]]),
    ("tokenizer.ggml.token_type", (gguf.ARRAY, gguf.INT32), [t["type"] for t in tokenizer["tokens"]]),
    ("tokenizer.ggml.bos_token_id", gguf.UINT32, 1),
    ("tokenizer.ggml.eos_token_id", gguf.UINT32, 2),
    ("tokenizer.ggml.unknown_token_id", gguf.UINT32, 0),
    ("tokenizer.ggml.add_bos_token", gguf.BOOL, False),
    ("tokenizer.ggml.add_eos_token", gguf.BOOL, False),
    ("tokenizer.ggml.add_space_prefix", gguf.BOOL, False),
]

kind = gguf.Q8_0 if args.type == "q8_0" else gguf.F16
array = lambda name: weights[name].detach().float().numpy()
tensors = [("token_embd.weight", array("token_embd"), kind), ("output_norm.weight", array("output_norm"), gguf.F32)]
for i in range(config["layers"]):
    d, f = config["dim"], config["ffn"]
    qkv, gate_up = array(f"{i}.qkv"), array(f"{i}.ffn_gate_up")
    tensors += [
        (f"blk.{i}.attn_norm.weight", array(f"{i}.attn_norm"), gguf.F32),
        (f"blk.{i}.attn_q.weight", qkv[:d], kind), (f"blk.{i}.attn_k.weight", qkv[d:2 * d], kind), (f"blk.{i}.attn_v.weight", qkv[2 * d:], kind),
        (f"blk.{i}.attn_output.weight", array(f"{i}.attn_output"), kind),
        (f"blk.{i}.ffn_norm.weight", array(f"{i}.ffn_norm"), gguf.F32),
        (f"blk.{i}.ffn_gate.weight", gate_up[:f], kind), (f"blk.{i}.ffn_up.weight", gate_up[f:], kind),
        (f"blk.{i}.ffn_down.weight", array(f"{i}.ffn_down"), kind),
    ]
gguf.write(out, metadata, tensors)
print(out)

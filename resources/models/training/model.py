"""The model: Llama architecture, small. Rotary pairs are interleaved, as llama.cpp expects of architecture `llama`."""
import math
import torch
import torch.nn.functional as F

CONFIG = dict(vocab=4096, dim=192, layers=4, heads=3, ffn=512, context=1024, rope=200000.0, eps=1e-5)


class Bf16Linear(torch.autograd.Function):
    """x @ w.T with bfloat16 operands and float32 results: twice as fast on this CPU, weights stay float32."""

    @staticmethod
    def forward(ctx, x, w):
        xb, wb = x.to(torch.bfloat16), w.to(torch.bfloat16)
        ctx.save_for_backward(xb, wb)
        return (xb @ wb.t()).float()

    @staticmethod
    def backward(ctx, grad):
        xb, wb = ctx.saved_tensors
        gb = grad.to(torch.bfloat16)
        return (gb @ wb).float(), (gb.t() @ xb).float()


linear = Bf16Linear.apply


def new_weights(config, seed):
    torch.manual_seed(seed)
    d, f = config["dim"], config["ffn"]
    draw = lambda *shape, scale=0.02: torch.randn(*shape) * scale
    weights = {"token_embd": draw(config["vocab"], d, scale=EMBEDDING), "output_norm": torch.full((d,), 0.3)}
    out = 0.02 / math.sqrt(2 * config["layers"])
    for i in range(config["layers"]):
        weights |= {f"{i}.attn_norm": torch.ones(d), f"{i}.ffn_norm": torch.ones(d), f"{i}.qkv": draw(3 * d, d),
                    f"{i}.attn_output": draw(d, d, scale=out), f"{i}.ffn_gate_up": draw(2 * f, d), f"{i}.ffn_down": draw(d, f, scale=out)}
    if config["layers"] > 1:
        teach_lookup(weights, config)
    return weights


EMBEDDING = 0.1


def teach_lookup(weights, config):
    """Starts head 0 of layers 0 and 1 as an induction circuit (https://arxiv.org/abs/2209.11895): the first fetches the word before, the
    second looks for places where the word before was the present word and copies what stands there. Found by training alone, this
    costs a small model most of its time; everything here copies."""
    d, size = config["dim"], config["dim"] // config["heads"]
    basis = torch.linalg.qr(torch.randn(d, d))[0]
    constant, read, write, copy = basis[0], basis[1:1 + size], basis[1 + size:1 + 2 * size], basis[d - size:]
    embedding = weights["token_embd"]
    embedding -= (embedding @ constant)[:, None] * constant
    embedding += EMBEDDING * 0.5 * math.sqrt(d) * constant
    frequencies = config["rope"] ** (-torch.arange(size // 2).float() / (size // 2))
    ahead = torch.stack((torch.ones(size // 2), torch.zeros(size // 2)), 1).flatten()
    behind = torch.stack((frequencies.cos(), frequencies.sin()), 1).flatten()
    near = (torch.arange(size) < size // 5).float()
    fetch, match = weights["0.qkv"], weights["1.qkv"]
    fetch[:size] = 2.0 * torch.outer(ahead * near, constant)
    fetch[d:d + size] = 2.0 * torch.outer(behind * near, constant)
    fetch[2 * d:2 * d + size] = read
    weights["0.attn_output"][:, :size] = 0.22 * write.t()
    slow = (torch.arange(size) >= size // 3).float()[:, None]
    match[:size] = 2.0 * slow * read
    match[d:d + size] = 2.0 * slow * write
    match[2 * d:2 * d + size] = copy
    weights["1.attn_output"][:, :size] = 0.7 * copy.t()


def rms(x, weight, eps):
    return x * torch.rsqrt((x * x).mean(-1, keepdim=True) + eps) * weight


def rope_tables(config, length):
    half = config["dim"] // config["heads"] // 2
    angles = torch.arange(length).float()[:, None] * config["rope"] ** (-torch.arange(half).float() / half)[None, :]
    return angles.cos(), angles.sin()


def rotate(x, cos, sin):
    a, b = x[..., 0::2], x[..., 1::2]
    return torch.stack((a * cos - b * sin, a * sin + b * cos), -1).flatten(-2)


def hidden(weights, config, tokens):
    """Final hidden states, (batch * length, dim), for a batch of right-padded sequences."""
    batch, length = tokens.shape
    d, heads, eps = config["dim"], config["heads"], config["eps"]
    size = d // heads
    cos, sin = rope_tables(config, length)
    mask = torch.full((length, length), -1e9).triu(1)
    x = F.embedding(tokens, weights["token_embd"]).view(batch * length, d)
    for i in range(config["layers"]):
        qkv = linear(rms(x, weights[f"{i}.attn_norm"], eps), weights[f"{i}.qkv"]).view(batch, length, 3, heads, size).permute(2, 0, 3, 1, 4)
        q = rotate(qkv[0], cos, sin).reshape(batch * heads, length, size)
        k = rotate(qkv[1], cos, sin).reshape(batch * heads, length, size)
        v = qkv[2].reshape(batch * heads, length, size)
        scores = torch.baddbmm(mask.expand(batch * heads, length, length), q, k.transpose(1, 2), alpha=size**-0.5)
        mixed = torch.bmm(scores.softmax(-1), v).view(batch, heads, length, size).transpose(1, 2).reshape(batch * length, d)
        x = x + linear(mixed, weights[f"{i}.attn_output"])
        gate, up = linear(rms(x, weights[f"{i}.ffn_norm"], eps), weights[f"{i}.ffn_gate_up"]).chunk(2, -1)
        x = x + linear(F.silu(gate) * up, weights[f"{i}.ffn_down"])
    return rms(x, weights["output_norm"], eps)

using System.Numerics;

namespace Ferry.Builtins.Numbers;

/// <summary>Decimal digits of a double that read back as the same double.</summary>
/// <remarks>
/// The Grisu2 algorithm (Loitsch, "Printing floating-point numbers quickly and accurately with integers", 2010), which is what
/// the JSON library of stock Nix runs. It is not always the shortest form: about one number in a thousand comes out a digit
/// longer than .NET's, and the hash of a derivation may depend on that digit.
/// </remarks>
internal static class Grisu
{
    // Scaled so that the product with a cached power has a binary exponent in [-60, -32].
    private const int Alpha = -60;
    private const int CachedExponentMin = -300;
    private const int CachedExponentStep = 8;
    private const int CachedCount = 79;

    private static readonly (ulong Significand, int Exponent)[] s_powers = MakePowers();

    private readonly record struct Float(ulong Significand, int Exponent)
    {
        public Float Normalize()
        {
            var shift = BitOperations.LeadingZeroCount(Significand);
            return new(Significand << shift, Exponent - shift);
        }

        // The upper half of the 128-bit product, rounded.
        public Float Multiply(Float other)
        {
            var high = Math.BigMul(Significand, other.Significand, out var low);
            return new(high + (low >> 63), Exponent + other.Exponent + 64);
        }
    }

    /// <param name="value">Finite and above zero.</param>
    /// <param name="digits">At least 17 bytes; gets ASCII digits.</param>
    /// <returns>The number is digits × 10^exponent.</returns>
    public static (int Length, int Exponent) Digits(double value, Span<byte> digits)
    {
        var (low, middle, high) = Boundaries(value);
        var cached = CachedPower(high.Exponent);
        var power = new Float(s_powers[cached].Significand, s_powers[cached].Exponent);
        var scaled = middle.Multiply(power);
        var scaledLow = low.Multiply(power);
        var scaledHigh = high.Multiply(power);

        // One unit inward on each side, since the products are off by at most one.
        var safeLow = scaledLow with
        {
            Significand = scaledLow.Significand + 1,
        };
        var safeHigh = scaledHigh with { Significand = scaledHigh.Significand - 1 };
        var exponent = -(CachedExponentMin + (cached * CachedExponentStep));
        return Generate(digits, exponent, safeLow, scaled, safeHigh);
    }

    private static (Float Low, Float Middle, Float High) Boundaries(double value)
    {
        const ulong hiddenBit = 1UL << 52;
        const int bias = 1075;
        var bits = BitConverter.DoubleToUInt64Bits(value);
        var biasedExponent = bits >> 52;
        var fraction = bits & (hiddenBit - 1);
        var middle =
            biasedExponent == 0
                ? new Float(fraction, 1 - bias)
                : new Float(fraction + hiddenBit, (int)biasedExponent - bias);

        // The neighbour below a power of two is half as far away.
        var isLowerCloser = fraction == 0 && biasedExponent > 1;
        var high = new Float((2 * middle.Significand) + 1, middle.Exponent - 1).Normalize();
        var low = isLowerCloser
            ? new Float((4 * middle.Significand) - 1, middle.Exponent - 2)
            : new Float((2 * middle.Significand) - 1, middle.Exponent - 1);
        low = new Float(low.Significand << (low.Exponent - high.Exponent), high.Exponent);
        return (low, middle.Normalize(), high);
    }

    private static int CachedPower(int exponent)
    {
        var wanted = Alpha - exponent - 1;
        var decimalExponent = ((wanted * 78913) / (1 << 18)) + (wanted > 0 ? 1 : 0);
        return (-CachedExponentMin + decimalExponent + (CachedExponentStep - 1))
            / CachedExponentStep;
    }

    private static (int Length, int Exponent) Generate(
        Span<byte> digits,
        int exponent,
        Float low,
        Float middle,
        Float high
    )
    {
        var delta = high.Significand - low.Significand;
        var distance = high.Significand - middle.Significand;
        var shift = -high.Exponent;
        var one = 1UL << shift;
        var integral = (uint)(high.Significand >> shift);
        var fractional = high.Significand & (one - 1);
        var length = 0;

        var (power, remaining) = LargestPower(integral);
        while (remaining > 0)
        {
            digits[length++] = (byte)('0' + (integral / power));
            integral %= power;
            remaining--;
            var rest = ((ulong)integral << shift) + fractional;
            if (rest <= delta)
            {
                exponent += remaining;
                Round(digits[..length], distance, delta, rest, (ulong)power << shift);
                return (length, exponent);
            }

            power /= 10;
        }

        var places = 0;
        do
        {
            fractional *= 10;
            digits[length++] = (byte)('0' + (fractional >> shift));
            fractional &= one - 1;
            places++;
            delta *= 10;
            distance *= 10;
        } while (fractional > delta);

        Round(digits[..length], distance, delta, fractional, one);
        return (length, exponent - places);
    }

    // Moves the last digit towards the exact value while it stays inside the safe interval.
    private static void Round(
        Span<byte> digits,
        ulong distance,
        ulong delta,
        ulong rest,
        ulong unit
    )
    {
        while (
            rest < distance
            && delta - rest >= unit
            && (rest + unit < distance || distance - rest > rest + unit - distance)
        )
        {
            digits[^1]--;
            rest += unit;
        }
    }

    private static (uint Power, int Digits) LargestPower(uint value)
    {
        var (power, digits) = (1u, 1);
        while (value / power >= 10)
            (power, digits) = (power * 10, digits + 1);
        return (power, digits);
    }

    private static (ulong Significand, int Exponent)[] MakePowers()
    {
        var powers = new (ulong, int)[CachedCount];
        for (var index = 0; index < CachedCount; index++)
            powers[index] = PowerOfTen(CachedExponentMin + (index * CachedExponentStep));
        return powers;
    }

    // 10^exponent as a rounded 64-bit significand with its top bit set.
    private static (ulong Significand, int Exponent) PowerOfTen(int exponent)
    {
        var numerator = exponent >= 0 ? BigInteger.Pow(10, exponent) : BigInteger.One;
        var denominator = exponent >= 0 ? BigInteger.One : BigInteger.Pow(10, -exponent);
        var shift = 65 - (int)(numerator.GetBitLength() - denominator.GetBitLength());
        var scaled =
            shift >= 0 ? (numerator << shift) / denominator : numerator / (denominator << -shift);
        var excess = (int)scaled.GetBitLength() - 64;
        var half = BigInteger.One << (excess - 1);
        var rounded = (scaled + half) >> excess;
        if (rounded.GetBitLength() > 64)
            (rounded, excess) = (rounded >> 1, excess + 1);
        return ((ulong)rounded, excess - shift);
    }
}

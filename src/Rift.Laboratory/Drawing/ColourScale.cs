using System.Globalization;

namespace Rift.Laboratory;

/// <summary>How numbers become colours, such that the order of colours is that of numbers, to the colour-blind as well.</summary>
public abstract record ColourScale
{
    private protected ColourScale()
    {
    }

    /// <summary>The lowest number of the scale.</summary>
    public required double Low { get; init; }

    /// <summary>The highest number of the scale.</summary>
    public required double High { get; init; }

    /// <summary>Where a number lies, from 0 to 1.</summary>
    public abstract double Place(double x);

    /// <summary>The number at a place.</summary>
    public abstract double At(double place);

    /// <summary>The colour of a place, and how much of it covers the ground.</summary>
    public abstract (string Colour, double Opacity) Fill(double place);

    /// <summary>Whether dark marks can be seen on the colour of a place: null where the ground decides.</summary>
    public abstract bool? IsBright(double place);

    /// <summary>The numbers written beside the scale.</summary>
    public abstract IEnumerable<double> Marks();

    /// <summary>From low to high in even steps, dark to bright: viridis.</summary>
    public static ColourScale Even(IEnumerable<double> values) => Finite(values) is (double low, double high) ? new EvenScale { Low = low, High = high > low + (1e-10 * Math.Max(Math.Abs(low), Math.Abs(high))) ? high : low } : new EvenScale { Low = 0, High = 0 };

    /// <summary>Powers of ten below the largest number, four decades of them.</summary>
    public static ColourScale Decades(IEnumerable<double> values) => Finite(values) is (_, double high) && high > 0 ? new DecadeScale { Low = high * 1e-4, High = high } : new DecadeScale { Low = 1e-4, High = 1 };

    /// <summary>Around zero: blue below, vermilion above, the more the further.</summary>
    public static ColourScale AroundZero(IEnumerable<double> values) => Finite(values.Select(Math.Abs)) is (_, double high) && high > 0 ? new SignedScale { Low = -high, High = high } : new SignedScale { Low = -1, High = 1 };

    /// <summary>From nothing to certainty: vermilion.</summary>
    public static ColourScale Probability { get; } = new ShareScale { Low = 0, High = 1 };

    private static (double Low, double High)? Finite(IEnumerable<double> values)
    {
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        foreach (double x in values)
        {
            if (!double.IsFinite(x)) continue;
            low = Math.Min(low, x);
            high = Math.Max(high, x);
        }

        return low <= high ? (low, high) : null;
    }

    private sealed record EvenScale : ColourScale
    {
        // Nine points of viridis (van der Walt and Smith 2015), between which colours are mixed; 64 colours are told apart no more.
        private const int Colours = 64;
        private static readonly int[] _viridis = [0x440154, 0x472d7b, 0x3b528b, 0x2c728e, 0x21918c, 0x28ae80, 0x5ec962, 0xaddc30, 0xfde725];
        private static readonly string[] _colours = [.. Enumerable.Range(0, Colours + 1).Select(i => Mixed((double)i / Colours))];

        public override double Place(double x) => High > Low ? Math.Clamp((x - Low) / (High - Low), 0, 1) : 0.5;

        public override double At(double place) => Low + (place * (High - Low));

        public override (string Colour, double Opacity) Fill(double place) => (_colours[(int)Math.Round(place * Colours)], 1);

        public override bool? IsBright(double place) => place > 0.55;

        public override IEnumerable<double> Marks() => High > Low ? RoundNumbers.Between(Low, High, 5) : [Low];

        private static string Mixed(double place)
        {
            int last = _viridis.Length - 2, piece = Math.Min((int)(place * (last + 1)), last);
            double share = (place * (last + 1)) - piece;
            int Channel(int shift) => (int)Math.Round(((1 - share) * ((_viridis[piece] >> shift) & 255)) + (share * ((_viridis[piece + 1] >> shift) & 255)));
            return string.Create(CultureInfo.InvariantCulture, $"#{Channel(16):x2}{Channel(8):x2}{Channel(0):x2}");
        }
    }

    private sealed record DecadeScale : ColourScale
    {
        private static readonly EvenScale _colours = new() { Low = 0, High = 1 };

        public override double Place(double x) => x > Low ? Math.Clamp(Math.Log(x / Low) / Math.Log(High / Low), 0, 1) : 0;

        public override double At(double place) => Low * Math.Pow(High / Low, place);

        public override (string Colour, double Opacity) Fill(double place) => _colours.Fill(place);

        public override bool? IsBright(double place) => _colours.IsBright(place);

        public override IEnumerable<double> Marks()
        {
            for (int power = (int)Math.Ceiling(Math.Log10(Low)); Math.Pow(10, power) <= High; power++) yield return Math.Pow(10, power);
        }
    }

    private sealed record SignedScale : ColourScale
    {
        public override double Place(double x) => Math.Clamp((x - Low) / (High - Low), 0, 1);

        public override double At(double place) => Low + (place * (High - Low));

        // The square root shows what is small beside the largest.
        public override (string Colour, double Opacity) Fill(double place) => (place < 0.5 ? Palette.Blue : Palette.Vermilion, Math.Sqrt(Math.Abs((2 * place) - 1)));

        public override bool? IsBright(double place) => null;

        public override IEnumerable<double> Marks() => RoundNumbers.Between(Low, High, 4);
    }

    private sealed record ShareScale : ColourScale
    {
        public override double Place(double x) => Math.Clamp(x, 0, 1);

        public override double At(double place) => place;

        public override (string Colour, double Opacity) Fill(double place) => (Palette.Vermilion, place);

        public override bool? IsBright(double place) => null;

        public override IEnumerable<double> Marks() => [0, 0.5, 1];
    }
}

using System.Collections;
using System.Globalization;
using Rift.Mdp;

namespace Rift.Models;

/// <summary>A planar lander between two walls, on a grid: sink onto the pad slowly and upright, against gusts, with a main engine and one to either side.</summary>
/// <remarks>
/// <para>Speeds are multiples k of 0.01 a step: k from -<see cref="SidewaysSpeed"/> to <see cref="SidewaysSpeed"/> sideways, from -<see cref="FallingSpeed"/> to <see cref="RisingSpeed"/>
/// upwards. x has <see cref="Columns"/> points from -1 to 1, y <see cref="Rows"/> points from 1/Rows to 1. Actions: 2 b + m with b = 0, 1, 2 for a push to the left, none, or to the right, and m = 1
/// where the main engine burns.</para>
/// <para>A step: the speed sideways changes by the push and by a gust of -2, 0 or 2 with probabilities 0.1, 0.8, 0.1; the speed upwards by 1 if the engine burns and by -1 if not; both stay within their
/// bounds. Then x and y move by their new speeds. Beyond a wall the lander crashes. At the ceiling it stops: y = 1, at rest. On the ground it has landed if
/// |x| &lt;= 0.2, |k| &lt;= 3 sideways and k >= -5 upwards, and crashed otherwise. A position between two points is rounded to one of them at random, so that the mean is the position; between the ground and the
/// lowest point the lower of the two is the ground. Landing gives 1, crashing -1; each step costs 0.001, the main engine 0.002 more and a push 0.001 more.</para>
/// <para>States: ((vx, x), (vy, y)), y fastest, then the end. Sideways and upwards are independent once the action is known, so the kernel is a <see cref="KroneckerKernel"/> of two small ones and is
/// never stored. Start: y = 1 at rest upwards, |x| &lt;= 0.6, k from -2, 0, 2 sideways, all equally likely. All comparisons are made in integers. A clone of the expert
/// takes neighbours for the same, 11 x 7 x 11 x 9 groups at most (<see cref="ModelDescription.Aggregation"/>).</para>
/// </remarks>
public sealed record Lander
{
    private const int Percent = 100, Lateral = 3, Main = 2;
    private const double CalmWeight = 0.8, GustWeight = 0.1;

    /// <summary>Number of points in x, at least 2.</summary>
    public required int Columns { get; init; }

    /// <summary>The largest speed to either side, in hundredths a step, at least 2.</summary>
    public required int SidewaysSpeed { get; init; }

    /// <summary>Number of points in y, at least 1.</summary>
    public required int Rows { get; init; }

    /// <summary>The largest speed downwards, in hundredths a step, at least 1.</summary>
    public required int FallingSpeed { get; init; }

    /// <summary>The largest speed upwards, in hundredths a step, at least 1.</summary>
    public required int RisingSpeed { get; init; }

    /// <summary>gamma, at least 0 and below 1. Default 0.99.</summary>
    public double Discount { get; init; } = 0.99;

    /// <summary>21 x 13 by 21 x 19 points: 108,927 states and the end.</summary>
    public static Lander Small { get; } = new() { Columns = 21, SidewaysSpeed = 6, Rows = 21, FallingSpeed = 12, RisingSpeed = 6 };

    /// <summary>45 x 21 by 41 x 26 points: 1,007,370 states and the end. Stored, it would have 60.8 million transitions.</summary>
    public static Lander Large { get; } = new() { Columns = 45, SidewaysSpeed = 10, Rows = 41, FallingSpeed = 15, RisingSpeed = 10 };

    private int SidewaysSpeeds => (2 * SidewaysSpeed) + 1;

    private int UpwardSpeeds => FallingSpeed + RisingSpeed + 1;

    /// <summary>The model: evaluated after 150 steps.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number of points or a speed is too small.</exception>
    public MarkovDecisionProcess ToModel()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Columns, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(SidewaysSpeed, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(Rows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(FallingSpeed, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(RisingSpeed, 1);
        (KroneckerFactor sideways, StateActionTable overPad) = Sideways();
        (KroneckerFactor upwards, StateActionTable softly) = Upwards();
        KroneckerKernel kernel = new([sideways, upwards], [.. Enumerable.Range(0, Lateral * Main).Select(a => new[] { a / Main, a % Main })]);
        int inner = upwards.Live;
        double[] success = new double[kernel.States * kernel.Actions], reward = new double[success.Length], ends = new double[kernel.States];
        ends[kernel.LiveStates] = 1;
        StateActionTable ending = kernel.Expect(ends);
        for (int s = 0; s < kernel.LiveStates; s++)
        {
            for (int a = 0; a < kernel.Actions; a++)
            {
                int pair = (s * kernel.Actions) + a;
                success[pair] = overPad[s / inner, a / Main] * softly[s % inner, a % Main];
                reward[pair] = (2 * success[pair]) - ending[pair] - Cost(a);
            }
        }

        return new MarkovDecisionProcess(kernel, new StateActionTable(kernel.States, kernel.Actions, reward), Initial(kernel), Discount, new ModelDescription
        {
            StateLabels = new Labels(this, kernel.States),
            ActionLabels = ["left", "left and main", "coast", "main", "right", "right and main"],
            EvaluationHorizon = 150,
            Aggregation = Aggregated(kernel),
            Success = new StateActionTable(kernel.States, kernel.Actions, success),
            Notes = "planar lander, positions rounded to the grid at random",
        });
    }

    private static double Cost(int action) => 0.001 + (action % Main == 1 ? 0.002 : 0) + (action / Main == 1 ? 0 : 0.001);

    /// <summary>(vx, x) with its end, the walls; and the probability that the step ends over the pad, slowly enough.</summary>
    private (KroneckerFactor Factor, StateActionTable OverPad) Sideways()
    {
        int live = SidewaysSpeeds * Columns, intervals = Columns - 1;
        TransitionKernelBuilder builder = new(live + 1, Lateral);
        double[] overPad = new double[live * Lateral];
        for (int c = 0; c < live; c++)
        {
            for (int b = 0; b < Lateral; b++)
            {
                foreach ((int gust, double probability) in new[] { (-2, GustWeight), (0, CalmWeight), (2, GustWeight) })
                {
                    // x = -1 + place / (100 intervals): 200 a point.
                    int speed = Math.Clamp((c / Columns) - SidewaysSpeed + b - 1 + gust, -SidewaysSpeed, SidewaysSpeed), place = (2 * Percent * (c % Columns)) + (speed * intervals);
                    if (place < 0 || place > 2 * Percent * intervals)
                    {
                        builder.Add(c, b, live, probability);
                        continue;
                    }

                    double upper = place % (2 * Percent) / (2.0 * Percent);
                    int next = ((speed + SidewaysSpeed) * Columns) + (place / (2 * Percent));
                    builder.Add(c, b, next, probability * (1 - upper));
                    if (upper > 0) builder.Add(c, b, next + 1, probability * upper);
                    if (Math.Abs(place - (Percent * intervals)) <= 20 * intervals && Math.Abs(speed) <= 3) overPad[(c * Lateral) + b] += probability;
                }
            }
        }

        for (int b = 0; b < Lateral; b++) builder.Add(live, b, live, 1);
        return (new KroneckerFactor(builder.Build(), live), new StateActionTable(live, Lateral, overPad));
    }

    /// <summary>(vy, y) with its end, the ground; and the probability that the step ends there softly.</summary>
    private (KroneckerFactor Factor, StateActionTable Softly) Upwards()
    {
        int live = UpwardSpeeds * Rows;
        TransitionKernelBuilder builder = new(live + 1, Main);
        double[] softly = new double[live * Main];
        for (int c = 0; c < live; c++)
        {
            for (int m = 0; m < Main; m++)
            {
                // y = height / (100 Rows): 100 a point, the first at 100.
                int speed = Math.Clamp((c / Rows) - FallingSpeed + (2 * m) - 1, -FallingSpeed, RisingSpeed), height = (Percent * ((c % Rows) + 1)) + (speed * Rows);
                if (height > Percent * Rows) (speed, height) = (0, Percent * Rows);
                double upper = height < 0 ? 0 : height % Percent / (double)Percent, ground = height <= 0 ? 1 : height < Percent ? 1 - upper : 0;
                int next = ((speed + FallingSpeed) * Rows) + (height / Percent) - 1; // of the point below
                if (ground > 0) builder.Add(c, m, live, ground);
                else builder.Add(c, m, next, 1 - upper);
                if (upper > 0) builder.Add(c, m, next + 1, upper);
                if (speed >= -5) softly[(c * Main) + m] = ground;
            }
        }

        for (int m = 0; m < Main; m++) builder.Add(live, m, live, 1);
        return (new KroneckerFactor(builder.Build(), live), new StateActionTable(live, Main, softly));
    }

    private double[] Initial(KroneckerKernel kernel)
    {
        List<int> starts = [];
        int top = (FallingSpeed * Rows) + Rows - 1;
        foreach (int speed in new[] { -2, 0, 2 })
            for (int column = 0; column < Columns; column++)
                if (Math.Abs((2 * column) - (Columns - 1)) * 10 <= 6 * (Columns - 1)) starts.Add(kernel.StateOf(((speed + SidewaysSpeed) * Columns) + column, top));
        double[] initial = new double[kernel.States];
        foreach (int s in starts) initial[s] = 1.0 / starts.Count;
        return initial;
    }

    /// <summary>Groups of neighbours: at most 11 in x, 7 in its speed, 11 in y and 9 in its speed; the end is one of its own.</summary>
    private int[] Aggregated(KroneckerKernel kernel)
    {
        int[] points = [SidewaysSpeeds, Columns, UpwardSpeeds, Rows], most = [7, 11, 9, 11], group = new int[kernel.States];
        int groups = 0;
        for (int s = 0; s < kernel.LiveStates; s++)
        {
            int place = kernel.LiveStates;
            for (int k = 0, rest = s; k < points.Length; k++)
            {
                place /= points[k];
                int bins = Math.Min(points[k], most[k]);
                group[s] = (group[s] * bins) + (rest / place * bins / points[k]);
                rest %= place;
            }

            groups = Math.Max(groups, group[s] + 1);
        }

        group[kernel.LiveStates] = groups;
        return group;
    }

    /// <summary>The names of the states, made when they are asked for: a million of them would be as large as a table.</summary>
    private sealed class Labels(Lander lander, int states) : IReadOnlyList<string>
    {
        public int Count => states;

        public string this[int index]
        {
            get
            {
                ArgumentOutOfRangeException.ThrowIfNegative(index);
                ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, states);
                if (index == states - 1) return "end";
                int inner = lander.UpwardSpeeds * lander.Rows, sideways = index / inner, upwards = index % inner;
                return string.Create(
                    CultureInfo.InvariantCulture,
                    $"x {-1 + (2.0 * (sideways % lander.Columns) / (lander.Columns - 1)):0.000} vx {((sideways / lander.Columns) - lander.SidewaysSpeed) / 100.0:0.00} y {((upwards % lander.Rows) + 1.0) / lander.Rows:0.000} vy {((upwards / lander.Rows) - lander.FallingSpeed) / 100.0:0.00}");
            }
        }

        public IEnumerator<string> GetEnumerator() => Enumerable.Range(0, states).Select(s => this[s]).GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}

using Rift.Mdp;

namespace Rift.Theory;

/// <summary>A soft Bellman problem in dense arrays of any number type: the input of the literal equations.</summary>
/// <remarks>
/// V(s) = alpha log sum_a exp(Q(s,a)/alpha + l(s,a)), Q = r + gamma E V. An action that is not available has l = -inf and a row of zeros. Memory S^2 A. The arrays are held,
/// not copied; whoever gives them leaves them alone.
/// </remarks>
/// <typeparam name="T">The numbers.</typeparam>
public sealed record LiteralProblem<T>
    where T : struct, IReal<T>
{
    /// <summary>T(s'|s,a) as [s, a, s'].</summary>
    public required T[,,] Kernel { get; init; }

    /// <summary>r(s,a), S x A.</summary>
    public required T[,] Reward { get; init; }

    /// <summary>l(s,a) in nats, S x A; negative infinity where the action cannot be taken.</summary>
    public required T[,] LogBase { get; init; }

    /// <summary>d(s), S probabilities.</summary>
    public required T[] Initial { get; init; }

    /// <summary>gamma, below 1.</summary>
    public required T Discount { get; init; }

    /// <summary>alpha, positive, in the units of the reward per nat.</summary>
    public required T Temperature { get; init; }

    /// <summary>Number of states.</summary>
    public int States => Initial.Length;

    /// <summary>Number of actions.</summary>
    public int Actions => Reward.GetLength(1);

    /// <summary>The same problem in other numbers.</summary>
    /// <param name="number">Maps each number: a conversion, or a constant as a dual number.</param>
    public LiteralProblem<TOther> Map<TOther>(Func<T, TOther> number)
        where TOther : struct, IReal<TOther>
    {
        ArgumentNullException.ThrowIfNull(number);
        TOther[,,] kernel = new TOther[States, Actions, States];
        for (int s = 0; s < States; s++)
            for (int a = 0; a < Actions; a++)
                for (int next = 0; next < States; next++)
                    kernel[s, a, next] = number(Kernel[s, a, next]);
        return new LiteralProblem<TOther>
        {
            Kernel = kernel,
            Reward = Dense.Table(States, Actions, (s, a) => number(Reward[s, a])),
            LogBase = Dense.Table(States, Actions, (s, a) => number(LogBase[s, a])),
            Initial = Dense.Vector(States, s => number(Initial[s])),
            Discount = number(Discount),
            Temperature = number(Temperature),
        };
    }

    /// <summary>The problem with its reward moved along a direction, r + e x, in dual numbers: whatever is computed from it carries its derivative along x.</summary>
    /// <param name="direction">x, S x A.</param>
    public LiteralProblem<Dual<T>> Along(T[,] direction)
    {
        ArgumentNullException.ThrowIfNull(direction);
        return Map(x => new Dual<T>(x, T.Zero)) with { Reward = Dense.Table(States, Actions, (s, a) => new Dual<T>(Reward[s, a], direction[s, a])) };
    }
}

/// <summary>Makes literal problems.</summary>
public static class LiteralProblem
{
    /// <summary>The stored doubles of a problem, without rounding.</summary>
    /// <param name="problem">The problem, at a temperature above zero.</param>
    /// <param name="normalise">Divide every transition row and the initial distribution by its sum. Else they are taken as stored, though they may miss one by a few roundoffs.</param>
    public static LiteralProblem<T> Of<T>(SoftProblem problem, bool normalise = false)
        where T : struct, IReal<T>
    {
        ArgumentNullException.ThrowIfNull(problem);
        MarkovDecisionProcess mdp = problem.Mdp;
        int states = mdp.States, actions = mdp.Actions;
        T[,,] kernel = new T[states, actions, states];
        for (int s = 0; s < states; s++)
        {
            for (int a = 0; a < actions; a++)
            {
                foreach (Successor next in mdp.Kernel.Successors(s, a)) kernel[s, a, next.State] = T.FromDouble(next.Probability);
                T sum = Dense.Sum(states, next => kernel[s, a, next]);
                if (!normalise || !(sum > T.Zero)) continue;
                for (int next = 0; next < states; next++) kernel[s, a, next] /= sum;
            }
        }

        T[] initial = Dense.Vector(states, s => T.FromDouble(mdp.Initial[s]));
        T mass = Dense.Sum(states, s => initial[s]);
        return new LiteralProblem<T>
        {
            Kernel = kernel,
            Reward = Dense.Table(states, actions, (s, a) => T.FromDouble(mdp.Reward[s, a])),
            LogBase = Dense.Table(states, actions, (s, a) => T.FromDouble(mdp.IsAvailable(s, a) ? problem.Base(s, a) : double.NegativeInfinity)),
            Initial = normalise ? Dense.Vector(states, s => initial[s] / mass) : initial,
            Discount = T.FromDouble(mdp.Discount),
            Temperature = T.FromDouble(problem.Temperature),
        };
    }
}

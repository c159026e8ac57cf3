using Rift.Testing;

namespace Rift.Theory.Tests;

/// <summary>A golden case on the literal path: its inputs in double-double as they are written, and every field that follows.</summary>
internal sealed class LiteralCase
{
    private readonly OracleCase _golden;
    private readonly int _states, _actions;

    internal LiteralCase(OracleCase golden)
    {
        _golden = golden;
        _states = golden.Scenario.Mdp.States;
        _actions = golden.Scenario.Mdp.Actions;
        DoubleDouble[,,] kernel = new DoubleDouble[_states, _actions, _states];
        foreach ((int s, int a, int next, string p) in golden.ExactTransitions) kernel[s, a, next] = DoubleDouble.Parse(p);
        Candidate = new LiteralProblem<DoubleDouble>
        {
            Kernel = kernel,
            Reward = Table("r"),
            LogBase = new DoubleDouble[_states, _actions],
            Initial = Numbers("d"),
            Discount = Numbers("gamma")[0],
            Temperature = Numbers("alpha")[0],
        };
        Expert = Candidate with { Reward = Table("rStar") };
        LogPrior = Shaped([.. golden.Exact("pi0").Select(LogOf)]);
        LogPi = Shaped([.. golden.Exact("pi").Select(LogOf)]);
    }

    internal LiteralProblem<DoubleDouble> Candidate { get; }

    internal LiteralProblem<DoubleDouble> Expert { get; }

    internal DoubleDouble[,] LogPrior { get; }

    internal DoubleDouble[,] LogPi { get; }

    /// <summary>Every field that the case expects, greedy actions aside.</summary>
    internal Dictionary<string, DoubleDouble[]> Fields()
    {
        Dictionary<string, DoubleDouble[]> fields = [];
        void Add(string name, params DoubleDouble[][] parts) => fields[name] = [.. parts.SelectMany(x => x)];
        LiteralSolution<DoubleDouble> star = Literal.Optimum(Expert), hat = Literal.Optimum(Candidate), hardStar = Literal.HardOptimum(Expert), hard = Literal.HardOptimum(Candidate);
        DoubleDouble[] omegas = Numbers("omegas"), thresholds = Numbers("thresholds"), potential = Numbers("potential");
        DoubleDouble[,] residual = Table("rR");
        Add("logPi0", Flat(LogPrior));
        foreach ((string suffix, LiteralSolution<DoubleDouble> solution) in new[] { ("Star", star), ("Hat", hat), ("HardStar", hardStar), ("Hard", hard) })
        {
            Add("Q" + suffix, Flat(solution.Q));
            Add("V" + suffix, solution.V);
        }

        foreach ((string suffix, LiteralSolution<DoubleDouble> solution) in new[] { ("Star", star), ("Hat", hat) })
        {
            Add("logPi" + suffix, Flat(solution.LogPolicy));
            Add("pi" + suffix, Flat(Literal.Probabilities(solution.LogPolicy)));
        }

        DoubleDouble[] value = Literal.PolicyV(Candidate, LogPi);
        DoubleDouble[,] q = Literal.Q(Candidate, value);
        Add("VPi", value);
        Add("QPi", Flat(q));
        Add("APi", Flat(q).Select((x, i) => x - value[i / _actions]).ToArray());
        foreach ((string name, DoubleDouble[,] policy) in new[] { ("Pi", LogPi), ("PiStar", star.LogPolicy), ("PiHat", hat.LogPolicy) })
        {
            Add("rho" + name, Literal.StateVisitation(Candidate, policy));
            Add("mu" + name, Flat(Literal.Occupancy(Candidate, policy)));
        }

        Add("rhoTPi", Literal.PerStep(Candidate, LogPi, 4));
        Add("rhoTPiStar", Literal.PerStep(Candidate, star.LogPolicy, 4));
        Add("JME_pi", [Literal.Objective(Candidate, LogPi)]);
        Add("JME_piStar_rStar", [Literal.Objective(Expert, star.LogPolicy)]);
        DoubleDouble FineTuned(DoubleDouble[,] policy, DoubleDouble[,] reward, DoubleDouble weight) => Literal.Objective(Literal.FineTuning(Candidate, LogPrior, reward, weight), policy);
        Add("JFT_pi", [.. omegas.Select(w => FineTuned(LogPi, Candidate.Reward, w))]);
        Add("JFT_piStar", [.. omegas.Select(w => FineTuned(star.LogPolicy, Candidate.Reward, w))]);

        LiteralSolution<DoubleDouble>[] Each(Func<DoubleDouble, LiteralProblem<DoubleDouble>> problem) => [.. omegas.Select(w => Literal.Optimum(problem(w)))];
        LiteralSolution<DoubleDouble>[] learned = Each(w => Literal.ResidualQLearning(Candidate, LogPrior, residual, Candidate.Temperature, w));
        LiteralSolution<DoubleDouble>[] tuned = Each(w => Literal.FineTuning(Candidate, LogPrior, residual, w));
        LiteralSolution<DoubleDouble>[] literal = Each(w => Literal.ResidualQLearning(Candidate, LogPrior, residual, w, w));
        foreach ((string prefix, string log, LiteralSolution<DoubleDouble>[] solutions) in new[] { ("rql", "rqlLogPi1", learned), ("ft", "ftLogPi", tuned) })
        {
            Add(prefix + "Q", [.. solutions.Select(x => Flat(x.Q))]);
            Add(prefix + "V", [.. solutions.Select(x => x.V)]);
            Add(log, [.. solutions.Select(x => Flat(x.LogPolicy))]);
        }

        Add("rqlPi1", [.. learned.Select(x => Flat(Literal.Probabilities(x.LogPolicy)))]);
        Add("ftMaxJ", [.. tuned.Select(x => Literal.InitialExpectation(Candidate, x.V))]);
        Add("litLogPi", [.. literal.Select(x => Flat(x.LogPolicy))]);
        Add("litJFT", [.. literal.Select((x, k) => FineTuned(x.LogPolicy, residual, omegas[k]))]);

        Add("rFromPiStar", Flat(Literal.RewardOfPolicy(Expert, star.LogPolicy, star.V)));
        Add("rShaped", Flat(Literal.RewardOfPolicy(Candidate, LogPrior, potential)));
        Add("QShaped", Flat(Literal.QOfPolicy(Candidate, LogPrior, potential)));

        Add("PsiHat", [Literal.Psi(Candidate, star.LogPolicy, hat.LogPolicy)]);
        Add("PsiPi0", [Literal.Psi(Candidate, star.LogPolicy, LogPrior)]);
        Add("PsiPi", [Literal.Psi(Candidate, star.LogPolicy, LogPi)]);
        Add("gradPsi", Flat(Literal.Gradient(Candidate, star.LogPolicy, hat.LogPolicy)));
        Add("thmA1_lhs", [Literal.Objective(Candidate, star.LogPolicy)]);
        Add("thmA1_EdVHat", [Literal.InitialExpectation(Candidate, hat.V)]);
        Add("thmA1_klTerm", [Literal.DivergenceTerm(Candidate, star.LogPolicy, hat.LogPolicy)]);
        Add("lemmaA5", [Literal.LemmaA5(Candidate, star.LogPolicy, hat.LogPolicy, Numbers("varphi"))]);

        DoubleDouble[,] mode = Literal.GapToMode(Expert, star.Q), mean = Literal.GapToMean(Expert, star.Q, star.LogPolicy);
        DoubleDouble[][,] interventions = [.. thresholds.Select(b => Literal.Interventions(mode, b))];
        Add("gapMode", Flat(mode));
        Add("gapMean", Flat(mean));
        Add("phiMode", [.. interventions.Select(Flat)]);
        Add("phiMean", [.. thresholds.Select(b => Flat(Literal.Interventions(mean, b)))]);
        DoubleDouble[] Costs(DoubleDouble[,] policy) => [.. interventions.SelectMany(phi => omegas.Select(w => FineTuned(policy, Shaped([.. Flat(phi).Select(x => -x)]), w)))];
        Add("JINT_pi", Costs(LogPi));
        Add("JINT_piStar", Costs(star.LogPolicy));
        Add("JINT_pi0", [.. Costs(LogPrior).Where((_, i) => i % omegas.Length == 0)]);
        Add("phiDotMuDiff", [.. interventions.Select(phi => Flat(phi).Zip(fields["muPiHat"].Zip(fields["muPiStar"], (x, y) => x - y), (x, y) => x * y).Aggregate((x, y) => x + y))]);
        if (_golden.Has("hessPsi"))
        {
            Add("W", Flat(Literal.W(Candidate, hat.LogPolicy)));
            Add("J", Flat(Literal.J(Candidate, hat.LogPolicy)));
            Add("hessPsi", Flat(Literal.Hessian(Candidate, star.LogPolicy)));
        }

        return fields;
    }

    internal static DoubleDouble[] Flat(DoubleDouble[,] table) => [.. table.Cast<DoubleDouble>()];

    internal DoubleDouble[] Numbers(string input) => [.. _golden.Exact(input).Select(DoubleDouble.Parse)];

    private DoubleDouble[,] Table(string input) => Shaped(Numbers(input));

    private DoubleDouble[,] Shaped(DoubleDouble[] entries)
    {
        DoubleDouble[,] table = new DoubleDouble[_states, _actions];
        for (int i = 0; i < entries.Length; i++) table[i / _actions, i % _actions] = entries[i];
        return table;
    }

    /// <summary>The logarithm of an exact number, scaled first: the double-double nearest to 1e-300 has lost a third of its digits to the range of double.</summary>
    private static DoubleDouble LogOf(string text)
    {
        const int Shift = 600;
        Rational x = Rational.Parse(text);
        return DoubleDouble.Parse(text).High > 1e-200
            ? DoubleDouble.Log(DoubleDouble.Parse(text))
            : DoubleDouble.Log(DoubleDouble.FromFraction(x.Numerator << Shift, x.Denominator)) - (Shift * DoubleDouble.Log(2));
    }
}

using System.Reflection;

namespace Rift.Documentation;

/// <summary>The paper's symbols, what they are called here, and where they are defined.</summary>
/// <remarks>A code name is <c>Type</c> or <c>Type.Member</c> of the public API: one that does not exist is an error, so that the page cannot outlive a name.</remarks>
internal sealed class Glossary(ApiReference reference)
{
    private const BindingFlags Any = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static;

    private static readonly Term[] _symbols =
    [
        new("$S$, $A$", "numbers of states and of actions", ["MarkovDecisionProcess.States", "MarkovDecisionProcess.Actions"], ""),
        new(@"$T(s' \mid s,a)$", "transition kernel, as two linear maps and by rows", ["TransitionKernel", "TransitionKernel.Successors"], ""),
        new(@"$(EV)(s,a) = \sum_{s'} T(s' \mid s,a) V(s')$", "expectation of the next value", ["TransitionKernel.Expect"], "(2)"),
        new(@"$(E^{\top}\mu)(s') = \sum_{s,a} T(s' \mid s,a) \mu(s,a)$", "its adjoint: occupancies one step on", ["TransitionKernel.Push"], "(4)"),
        new("$r$", "reward", ["MarkovDecisionProcess.Reward"], ""),
        new("$d$", "initial distribution", ["MarkovDecisionProcess.Initial"], ""),
        new(@"$\gamma$", "discount", ["MarkovDecisionProcess.Discount"], ""),
        new(@"$\alpha$", "temperature, in units of the reward per nat", ["SoftProblem.Temperature"], "(1)"),
        new(@"$\ell(s,a)$", "log base measure; 0 for maximum entropy, a multiple of the log prior otherwise", ["SoftProblem.LogBase"], "(1), (5), (6)"),
        new(@"$V^{\ast}$", "soft-optimal values, with their certificate", ["SoftSolution.Values", "SoftSolution.Certificate"], "(12)-(14)"),
        new(@"$Q^{\ast}$", "soft-optimal action values", ["SoftSolution.Q"], "(12)-(14)"),
        new(@"$\pi^{\ast}$", "soft-optimal policy", ["SoftSolution.Policy"], "(12)-(14), [errata 1](errata.md#1-12-lacks-its-normaliser)"),
        new(@"$J_{ME}$", "maximum-entropy objective of a policy", ["Objective.MaximumEntropy"], "(1)"),
        new(@"$Q^\pi$, $V^\pi$", "values of a policy, entropy included", ["PolicyValue.Q", "PolicyValue.Values"], "(2), (3)"),
        new(@"$A^\pi$", "advantage", ["PolicyValue.Advantage"], ""),
        new(@"$\rho_t$", "distribution of the state after $t$ steps", ["Visitation.PerStep"], "(4)"),
        new(@"$\rho^\pi$", "discounted visitation of states, sums to 1", ["Visitation.States"], "(4)"),
        new(@"$\mu^\pi$", "discounted visitation of pairs, sums to 1", ["Visitation.Pairs"], "section 3.3"),
        new(@"$\pi = \mu / \rho$", "the policy of an occupancy", ["Visitation.PolicyOf"], "section 3.3"),
        new(@"$\pi_0$", "prior policy", ["SoftProblem.ResidualQLearning", "Prior"], "section 3.4"),
        new("$r_R$", "residual reward", ["SoftProblem.ResidualQLearning"], "(5)"),
        new(@"$\omega$ of (5)", "prior scale: the factor of the log prior", ["SoftProblem.ResidualQLearning"], "(5), [errata 5](errata.md#5-two-omegas)"),
        new(@"$\omega$ of (6)", "KL weight", ["SoftProblem.FineTuning"], "(6), [errata 5](errata.md#5-two-omegas)"),
        new("$J_{FT}$", "fine-tuning objective", ["Objective.FineTuning"], "(6)"),
        new("$J_{INT}$", "the same with interventions for a reward", ["Objective.Intervention"], "(7)"),
        new(@"$\phi(s,a)$", "probability of an intervention", ["QGapRule.Interventions", "InterventionStrategy", "Supervisor"], "(11)"),
        new("$B$", "threshold of the rule that stops", ["QGapStrategy.Threshold"], "(11)"),
        new(@"$\hat r$, $\hat Q$, $\hat V$, $\hat\pi$", "implicit reward of the candidate, and its soft optimum", ["Scenario.Candidate", "Bijection.RewardOf"], "(15)-(17)"),
        new(@"$r \leftrightarrow Q \leftrightarrow (V, \pi)$", "the bijections", ["Bijection.QOf", "Bijection.PolicyOf", "Bijection.ValuesOf"], "(12)-(17)"),
        new(@"$\Psi$", "imitation loss", ["Imitation.Psi", "Objective.Imitation"], "(9)"),
        new(@"$\nabla_{\hat r} \Psi = (\mu^{\hat\pi} - \mu^{\ast})/\alpha$", "its gradient in the reward", ["Imitation.Gradient"], "(10), [5.1](theorems/5.1.md)"),
        new(@"$\nabla_{\hat Q} \Psi$", "its gradient in Q", ["Imitation.GradientInQ"], "[A.2](theorems/A.2.md)"),
        new(@"$\nabla^2_{\hat r} \Psi$", "its Hessian in the reward", ["PsiHessian", "Imitation.Hessian"], "[F2](theorems/F2.md)"),
        new("$W$", "transition of pairs under a policy", ["Literal.W"], "(56)"),
        new(@"$J = (I - \gamma W)^{-1}$", "how Q moves with the reward", ["Jacobian", "Jacobian.Apply"], "(58), [A.3](theorems/A.3.md)"),
        new(@"$(I - \gamma P_\pi) x = b$", "the linear system behind values and visitations", ["DiscountedSolve"], "[numerics](numerics.md)"),
        new("rollouts", "episodes with e-stops", ["Simulator.Collect"], "Algorithm 1"),
        new("RIFT", "in rounds", ["ResidualInterventionFineTuning.Run"], "Algorithm 2"),
        new("RIFT, RLIF", "both, exactly, beside prior and expert", ["FineTuning.Of"], "[how to](how-to/fine-tune.md)"),
    ];

    private static readonly Term[] _beyond =
    [
        new("bracket", "how far a solver's values can be from the truth, rounding included", ["Certificate.HalfWidth"], "[numerics](numerics.md#the-bracket)"),
        new("enclosure", @"a certificate that needs no trust: $L \le V^{\ast} \le U$, checked in one pass", ["ValueEnclosure.Check"], "[certificates](certificates.md)"),
        new("certified number", "a number and a proved bound of its error", ["CertifiedNumber", "CertifiedVector"], "[numerics](numerics.md)"),
        new("statement", "a claim with two sides, a gap and the bound that rounding allows", ["Statement", "Identity"], "[theorems](theorems/README.md)"),
        new("ledger", "statements checked on many cases", ["Ledger.Run"], "[theorems](theorems/README.md)"),
        new("counterexample search", "looks for a small model on which a claim fails", ["CounterexampleSearch.Run"], "[how to](how-to/write-a-statement.md)"),
        new("literal path", "the equations as they are written, in any number type, apart from the solvers", ["Literal"], "[numerics](numerics.md#the-second-road)"),
        new("double-double", "a number as the sum of two doubles, about 31 digits", ["DoubleDouble"], "[numerics](numerics.md#the-second-road)"),
        new("safe step", @"how far $-\eta\phi$ lowers $\Psi$ for certain", ["StepCertificate.BestStep"], "[F3](theorems/F3.md)"),
        new("success, failure, return, length", "of episodes, not discounted", ["EpisodeEvaluation.Of"], "[concepts](concepts.md)"),
        new("likelihood", "the reward under which seen behaviour is likeliest", ["MaximumLikelihood.Fit", "Demonstrations", "LinearProcess"], "[inverse](inverse.md)"),
        new("identification", "what behaviour cannot tell of a reward", ["Identification"], "[inverse](inverse.md#what-no-data-can-tell)"),
    ];

    /// <summary>Symbols of the paper.</summary>
    public string Symbols() => Table("paper", _symbols);

    /// <summary>Terms of this project.</summary>
    public string Beyond() => Table("term", _beyond);

    private string Table(string first, IEnumerable<Term> terms) => Markdown.Table([first, "what it is", "code", "where"],
        terms.Select(term => (string[])[term.Symbol, term.Meaning, string.Join(", ", term.Names.Select(name => $"[`{name}`]({Address(name)})")), term.Where]));

    private string Address(string name)
    {
        string[] parts = name.Split('.');
        Type type = PublicApi.Assemblies.SelectMany(PublicApi.TypesOf).SingleOrDefault(type => TypeText.Name(type) == parts[0])
            ?? throw new InvalidOperationException($"found no public type {parts[0]}, expected the glossary's {name} to exist");
        if (parts.Length == 1) return reference.AddressOf(type);
        return reference.AddressOf(type.GetMember(parts[1], Any).FirstOrDefault(member => member.DeclaringType == type) ?? throw new InvalidOperationException($"found no public member {parts[1]} of {parts[0]}, expected the glossary's {name} to exist"));
    }

    private sealed record Term(string Symbol, string Meaning, string[] Names, string Where);
}

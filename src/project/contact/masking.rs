//! Addresses that say whose mail it is without saying who.

/// An address with all but its first letter masked: `j***@contoso.com`. A domain stays as it is.
#[must_use]
pub fn masked(contact: &str) -> String {
    match contact.rsplit_once('@') {
        Some((person, domain)) => {
            let first: String = person.chars().take(1).collect();
            format!("{first}***@{domain}")
        }
        None => contact.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_an_address_the_first_letter_and_the_domain_stay() {
        assert_eq!(masked("jo@contoso.com"), "j***@contoso.com");
        assert_eq!(masked("\u{e9}lan@contoso.com"), "\u{e9}***@contoso.com");
        assert_eq!(masked("@contoso.com"), "***@contoso.com");
        assert_eq!(masked("contoso.com"), "contoso.com");
    }
}
